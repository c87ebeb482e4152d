import assert from "node:assert/strict";
import { KUBERNETES, KUBERNETES_ENDED } from "../../components/settings/versions.ts";
import type { Circumstances, Inputs } from "../../policies/examples/example.ts";
import { minorOf, SUPPORT_ENDS, supportOn } from "../../policies/rules/support-windows.ts";
import { judge, ruleOf } from "./judge.ts";

describe("the support windows of Kubernetes", () => {
    const services = { EKS: "aws", AKS: "azure", GKE: "gcp" } as const;

    it("are the ones by which settings are checked", () => {
        for (const [service, cloud] of Object.entries(services)) {
            const ends = SUPPORT_ENDS[service as keyof typeof services];
            for (const [version, end] of Object.entries({ ...KUBERNETES, ...KUBERNETES_ENDED })) {
                assert.equal(ends[minorOf(version) ?? 0], end[cloud], `${service} ${version}`);
            }
        }
    });

    it("end in the order of the versions, without a gap", () => {
        for (const ends of Object.values(SUPPORT_ENDS)) {
            const days = Object.values(ends);
            assert.deepEqual(days, days.toSorted());
            const minors = Object.keys(ends).map(Number);
            assert.deepEqual(
                minors,
                minors.map((_, index) => minors[0]! + index),
            );
        }
    });

    it("are read from a version in every spelling that the clouds use", () => {
        const spellings = ["1.36", "v1.36", "1.36.4", "1.36.4-gke.1391000", " 1.36. "];
        assert.deepEqual(
            spellings.map(minorOf),
            spellings.map(() => 36),
        );
        const others = ["latest", "-", "", "36", "2.36", "1.36x", "1.x"];
        assert.deepEqual(
            others.map(minorOf),
            others.map(() => undefined),
        );
    });

    const on = (minor: number, date: string, warnDays = 60) =>
        supportOn("EKS", minor, { date, warnDays });

    it("hold to the last day", () => {
        assert.deepEqual(on(36, "2027-08-02"), { state: "ends soon", days: 0 });
        assert.deepEqual(on(36, "2027-08-03"), { state: "ended" });
        assert.deepEqual(on(36, "2027-06-02"), { state: "supported" });
    });

    it("tell of unlisted versions only what follows from the listed ones", () => {
        assert.deepEqual(on(20, "2026-11-21"), { state: "ended" });
        assert.deepEqual(on(20, "2026-07-29"), { state: "untold" });
        assert.deepEqual(on(40, "2026-11-21"), { state: "supported" });
        assert.deepEqual(on(40, "2027-08-03"), { state: "untold" });
        assert.deepEqual(on(40, "2027-08-01"), { state: "untold" });
    });

    it("tell nothing of a day that is none", () => {
        assert.deepEqual(on(36, "soon"), { state: "untold" });
    });
});

describe("the rules about versions of clusters", () => {
    const states = (id: string, type: string, inputs: Inputs) =>
        judge(ruleOf(id), type, inputs).map(({ state }) => state);

    it("say unknown where a cluster takes the newest version once and for all", () => {
        const [eks, others] = ["aws-eks-supported-version", "cluster-version-supported"];
        const [cluster, aks] = [
            "aws:eks/cluster:Cluster",
            "azure-native:containerservice:ManagedCluster",
        ];
        const extended = { upgradePolicy: { supportType: "EXTENDED" } };
        const patch = { autoUpgradeProfile: { upgradeChannel: "patch" } };
        assert.deepEqual(states(eks, cluster, {}), ["unknown"]);
        assert.deepEqual(states(eks, cluster, extended), ["unknown"]);
        assert.deepEqual(states(others, aks, {}), ["unknown"]);
        assert.deepEqual(states(others, aks, patch), ["unknown"]);
    });

    it("pass what follows its cluster, and clusters that Google moves on", () => {
        const id = "cluster-version-supported";
        assert.deepEqual(states(id, "gcp:container/cluster:Cluster", { nodePools: [{}] }), []);
        assert.deepEqual(states(id, "gcp:container/nodePool:NodePool", {}), []);
        assert.deepEqual(states(id, "azure-native:containerservice:AgentPool", {}), []);
    });

    it("judge by the day of the run unless they are given another", () => {
        const rule = ruleOf("aws-eks-supported-version");
        const on = (given: Circumstances) =>
            judge(rule, "aws:eks/nodeGroup:NodeGroup", { version: "1.35" }, given).length;
        assert.equal(on({ today: "2026-11-21" }), 0);
        assert.equal(on({ today: "2027-03-01" }), 1);
        assert.equal(on({ today: "2027-03-01", options: { date: "" } }), 1);
        assert.equal(on({ today: "2027-03-01", options: { date: "2026-11-21" } }), 0);
        assert.equal(on({ today: "2027-03-01", options: { warnDays: 0 } }), 0);
    });
});
