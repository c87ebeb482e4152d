import assert from "node:assert/strict";
import type { Inputs } from "../../policies/examples/example.ts";
import { aksRules } from "../../policies/rules/aks/index.ts";
import { changesOf, findings, judge, ruleOf } from "./judge.ts";

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
});

describe("the rules of AKS", () => {
    const networks = [
        [{ networkPlugin: "none" }, "unknown"],
        [{ networkPlugin: "none", networkPolicy: "none" }, "unknown"],
        [{ networkPlugin: "azure", networkDataplane: "cilium" }, "unknown"],
        [{ networkPlugin: "azure", networkDataplane: "cilium", networkPolicy: "none" }, "fail"],
        [{ networkPlugin: "azure", networkDataplane: "azure" }, "fail"],
    ] as const;
    for (const [networkProfile, state] of networks) {
        it(`say ${state} of network policies with ${JSON.stringify(networkProfile)}`, () => {
            const verdicts = judge(ruleOf("az-aks-network-policy"), CLUSTER, { networkProfile });
            assert.deepEqual(
                verdicts.map((verdict) => verdict.state),
                [state],
            );
        });
    }

    const states = (id: string, inputs: Inputs) =>
        judge(ruleOf(id), CLUSTER, inputs).map(({ state }) => state);
    const changed = (id: string, inputs: Inputs) =>
        changesOf(ruleOf(id), CLUSTER, inputs, {}).map(({ path }) => path);

    it("know that only new clusters have an issuer of tokens by default", () => {
        const id = "az-aks-workload-identity";
        const securityProfile = { workloadIdentity: { enabled: true } };
        assert.deepEqual(states(id, { securityProfile }), ["unknown"]);
        assert.deepEqual(states(id, { securityProfile, kubernetesVersion: "1.34" }), ["unknown"]);
        assert.deepEqual(states(id, { securityProfile, kubernetesVersion: "new" }), ["unknown"]);
        assert.deepEqual(states(id, { securityProfile, kubernetesVersion: "1.33" }), ["fail"]);
        assert.deepEqual(states(id, { securityProfile, oidcIssuerProfile: {} }), ["unknown"]);
    });

    it("give identities together with the issuer that they need", () => {
        const [issuer, identity] = [
            "oidcIssuerProfile.enabled",
            "securityProfile.workloadIdentity.enabled",
        ];
        const given = { securityProfile: { workloadIdentity: { enabled: true } } };
        const old = { kubernetesVersion: "1.33" };
        assert.deepEqual(changed("az-aks-workload-identity", {}), [issuer, identity]);
        assert.deepEqual(changed("az-aks-workload-identity", { ...given, ...old }), [issuer]);
        assert.deepEqual(changed("az-aks-workload-identity", given), []);
    });

    it("take no local account away where nobody could sign in otherwise", () => {
        const id = "az-aks-local-accounts-disabled";
        assert.deepEqual(changed(id, {}), []);
        assert.deepEqual(changed(id, { aadProfile: { managed: false } }), []);
        assert.deepEqual(changed(id, { aadProfile: { managed: true } }), ["disableLocalAccounts"]);
    });

    it("raise the tier of clusters of the base kind only", () => {
        const id = "az-aks-standard-tier";
        assert.deepEqual(changed(id, {}), ["sku.name", "sku.tier"]);
        assert.deepEqual(changed(id, { sku: { name: "Automatic" } }), []);
        assert.deepEqual(changed(id, { sku: { name: "Base", tier: "Premium" } }), []);
    });

    it("shut only the side entrance that is open", () => {
        const id = "az-aks-no-http-routing-run-command";
        const run = "apiServerAccessProfile.disableRunCommand";
        const routing = "addonProfiles.httpApplicationRouting.enabled";
        assert.deepEqual(changed(id, {}), [run]);
        const open = { httpApplicationRouting: { enabled: true } };
        assert.deepEqual(changed(id, { addonProfiles: open }), [routing, run]);
    });
});
