import assert from "node:assert/strict";
import { aksRules } from "../../policies/rules/aks/index.ts";
import { findings, judge } from "./judge.ts";

const CLUSTER = "azure-native:containerservice:ManagedCluster";

describe("the rules of AKS on what a cluster leaves out", () => {
    const left = (sku: string) =>
        aksRules
            .filter(({ checks }) => checks[CLUSTER] !== undefined)
            .flatMap((rule) => {
                const verdicts = judge(rule, CLUSTER, { sku: { name: sku } });
                const unknown = verdicts.some(({ state }) => state === "unknown");
                return [[rule.id, findings(verdicts).length > 0 ? "fail" : unknown] as const];
            });
    const told = (sku: string, what: string | boolean) =>
        left(sku)
            .filter(([, verdict]) => verdict === what)
            .map(([id]) => id);

    const PRESET = [
        "az-aks-local-accounts-disabled",
        "az-aks-entra-rbac",
        "az-aks-network-policy",
        "az-aks-kms-etcd",
        "az-aks-defender",
        "az-aks-azure-policy-addon",
        "az-aks-auto-upgrade",
        "az-aks-workload-identity",
        "az-aks-no-http-routing-run-command",
    ];

    it("say unknown of AKS Automatic, which sets most of it by itself", () => {
        assert.deepEqual(told("Automatic", true), PRESET);
    });

    it("fail where it is left to AKS Standard", () => {
        const rest = ["az-aks-api-not-world-open", "az-aks-standard-tier"];
        assert.deepEqual(told("Base", "fail").toSorted(), [...PRESET, ...rest].toSorted());
    });

    it("demand of AKS Automatic only that its API is closed to the world", () => {
        assert.deepEqual(told("Automatic", "fail"), ["az-aks-api-not-world-open"]);
    });

    const networks = [
        [{ networkPlugin: "none" }, "unknown"],
        [{ networkPlugin: "none", networkPolicy: "none" }, "unknown"],
        [{ networkPlugin: "azure", networkDataplane: "cilium" }, "unknown"],
        [{ networkPlugin: "azure", networkDataplane: "cilium", networkPolicy: "none" }, "fail"],
        [{ networkPlugin: "azure", networkDataplane: "azure" }, "fail"],
    ] as const;
    for (const [networkProfile, state] of networks) {
        it(`say ${state} of network policies with ${JSON.stringify(networkProfile)}`, () => {
            const rule = aksRules.find(({ id }) => id === "az-aks-network-policy")!;
            const verdicts = judge(rule, CLUSTER, { networkProfile });
            assert.deepEqual(
                verdicts.map((verdict) => verdict.state),
                [state],
            );
        });
    }
});
