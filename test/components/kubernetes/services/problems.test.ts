import assert from "node:assert/strict";
import type { NodePoolArgs, NodeSize } from "../../../../components/contracts/cluster.ts";
import {
    fitProblems,
    memoryForPods,
    quorumProblems,
    volumeProblems,
} from "../../../../components/kubernetes/services/problems.ts";
import { describeProblem } from "../../../../components/lib/problem.ts";

/** A pool of that size. */
const pool = (size: NodeSize, more: Partial<NodePoolArgs> = {}): NodePoolArgs => ({
    size,
    min: 1,
    max: 3,
    spot: false,
    labels: {},
    taints: [],
    disk: "50 GiB",
    ...more,
});

describe("fitProblems (G12.8)", () => {
    const search = { cpu: "1", memory: "4Gi" };
    const path = "searches.catalogue.resources";

    it("rejects a pod of 4Gi on nodes of 4 GiB", () => {
        assert.deepEqual(fitProblems(path, search, { small: pool("small") }).map(describeProblem), [
            "searches.catalogue.resources: 1 CPU and 4Gi fits on no node of a pool without taints, beside what the system keeps. Lower it, or add a pool of larger nodes.",
        ]);
    });

    it("takes it where one pool has nodes that are large enough", () => {
        const pools = { small: pool("small"), medium: pool("medium") };
        assert.deepEqual(fitProblems(path, search, pools), []);
    });

    it("rejects a pod that fits only behind a taint, or where there are no nodes", () => {
        const taints = [{ key: "gpu", value: "true", effect: "NoSchedule" }] as const;
        assert.equal(fitProblems(path, search, { gpu: pool("xlarge", { taints }) }).length, 1);
        assert.equal(fitProblems(path, search, { none: pool("xlarge", { max: 0 }) }).length, 1);
    });

    it("rejects a pod that asks for all cores of a node", () => {
        const size = { cpu: "4", memory: "4Gi" };
        assert.equal(fitProblems(path, size, { large: pool("large") }).length, 1);
        assert.deepEqual(fitProblems(path, size, { xlarge: pool("xlarge") }), []);
    });
});

describe("memoryForPods", () => {
    it("takes away what the strictest cloud keeps", () => {
        const left = [4, 8, 16, 32].map((memory) => memoryForPods(memory).toFixed(2));
        assert.deepEqual(left, ["2.60", "5.80", "13.00", "28.04"]);
    });
});

describe("quorumProblems", () => {
    it("takes one and odd numbers from three", () => {
        const bad = [0, 1, 2, 3, 4, 5, 6, 7, 2.5].filter(
            (members) => quorumProblems("replicas", members).length > 0,
        );
        assert.deepEqual(bad, [0, 2, 4, 6, 2.5]);
    });
});

describe("volumeProblems", () => {
    it("takes whole gibibytes from the least on", () => {
        assert.deepEqual(volumeProblems("storage", "10 GiB", 10), []);
        assert.equal(volumeProblems("storage", "9 GiB", 10).length, 1);
        assert.equal(volumeProblems("storage", "10.5 GiB", 10).length, 1);
    });
});
