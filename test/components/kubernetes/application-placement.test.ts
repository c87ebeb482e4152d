import assert from "node:assert/strict";
import { type Json, plan, pod } from "./program.ts";

type Raw = Readonly<Record<string, unknown>>;

const SPOT = { spot: true, size: "large" };

/** The pod of an application that says this about its place, on these pools. */
async function placed(placement: Raw, nodePools: Raw = { workers: {} }, kind: Raw = {}) {
    const made = await plan({ shop: { placement, ...kind } }, { cluster: { nodePools } });
    return pod(made, "shop", "Deployment");
}

const OFF_SPOT = {
    nodeAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: {
            nodeSelectorTerms: [
                {
                    matchExpressions: [
                        { key: "platform/spot", operator: "NotIn", values: ["true"] },
                    ],
                },
            ],
        },
    },
};

const SPOT_TOLERATION = {
    key: "kubernetes.azure.com/scalesetpriority",
    operator: "Equal",
    value: "spot",
    effect: "NoSchedule",
};

describe("the place of an application's pods", () => {
    it("is any node where all are alike", async () => {
        const { nodeSelector, affinity, tolerations } = await placed({});
        assert.deepEqual([nodeSelector, affinity, tolerations], [undefined, undefined, undefined]);
    });

    it("is a pool that it names, whose taints it bears (G3.14)", async () => {
        const taints = ["dedicated=batch:NoSchedule", "example.com/odd:PreferNoSchedule"];
        const { nodeSelector, tolerations, affinity } = await placed(
            { pool: "batch" },
            { workers: {}, batch: { taints } },
        );
        assert.deepEqual(nodeSelector, { "platform/pool": "batch" });
        assert.equal(affinity, undefined);
        assert.deepEqual(tolerations, [
            { key: "dedicated", operator: "Equal", value: "batch", effect: "NoSchedule" },
            { key: "example.com/odd", operator: "Exists", effect: "PreferNoSchedule" },
        ]);
    });

    it("is off nodes that the cloud can take back, unless it says that it bears them", async () => {
        const pools = { workers: {}, spots: SPOT };
        const stays = await placed({}, pools);
        assert.deepEqual([stays["affinity"], stays["tolerations"]], [OFF_SPOT, undefined]);
        const bears = await placed({ spot: true }, pools);
        assert.deepEqual([bears["affinity"], bears["tolerations"]], [undefined, [SPOT_TOLERATION]]);
    });

    it("is on spot nodes where the pool that it names has no others", async () => {
        const own = await placed({ pool: "spots" }, { workers: {}, spots: SPOT });
        assert.deepEqual(
            [own["nodeSelector"], own["affinity"], own["tolerations"]],
            [{ "platform/pool": "spots" }, undefined, [SPOT_TOLERATION]],
        );
    });

    it("says on every node of which pool it is, and that it is spot", async () => {
        const made = await plan({}, { cluster: { nodePools: { workers: {}, spots: SPOT } } });
        const labels = made
            .all("gcp:container/nodePool:NodePool")
            .map(({ inputs }) => (inputs["nodeConfig"] as Json)["labels"] as Json)
            .map((all) => [all["platform/pool"], all["platform/spot"]])
            .sort();
        assert.deepEqual(labels, [
            ["spots", "true"],
            ["workers", undefined],
        ]);
    });

    it("names the processors that the image is built for", async () => {
        const { nodeSelector } = await placed({ architecture: "amd64" });
        assert.deepEqual(nodeSelector, { "kubernetes.io/arch": "amd64" });
    });

    it("is spread over zones as far as there is room, or strictly", async () => {
        const zones = async (placement: Raw) => {
            const { topologySpreadConstraints } = await placed(placement);
            return (topologySpreadConstraints as Json[]).map(
                ({ topologyKey, whenUnsatisfiable }) => [topologyKey, whenUnsatisfiable],
            );
        };
        const [zone, host] = ["topology.kubernetes.io/zone", "kubernetes.io/hostname"];
        assert.deepEqual(await zones({}), [
            [zone, "ScheduleAnyway"],
            [host, "ScheduleAnyway"],
        ]);
        assert.deepEqual(await zones({ zones: "require" }), [
            [zone, "DoNotSchedule"],
            [host, "ScheduleAnyway"],
        ]);
    });
});
