import assert from "node:assert/strict";
import fc from "fast-check";
import {
    autoscalerSpec,
    disruptionSpec,
    rollingUpdate,
    scalingBehavior,
} from "../../../components/kubernetes/scaling.ts";

interface Budget {
    minAvailable?: number;
    maxUnavailable?: number;
}

/** How many of so many healthy pods may be evicted at once. */
function evictable({ minAvailable, maxUnavailable }: Budget, pods: number): number {
    return maxUnavailable ?? Math.max(0, pods - (minAvailable ?? 0));
}

/** How fast pods come and go where nothing else is asked for. */
const DEFAULT_PACE = {
    up: { percent: 100, pods: 4, period: 15, delay: 0 },
    down: { percent: 10, period: 60 },
    slowdown: 300,
};

/** A range of replicas and a number in it. */
const replicas = fc
    .tuple(fc.integer({ min: 1, max: 500 }), fc.nat(500), fc.nat(500))
    .map(([min, more, at]) => ({ min, max: min + more, now: min + Math.min(at, more) }));

describe("disruptionSpec", () => {
    it("lets a node be drained whatever the autoscaler has made of the number of pods (G3.18)", () => {
        const budget = disruptionSpec({ app: "web" }) as Budget;
        fc.assert(
            fc.property(replicas, ({ now }) => {
                assert.equal(evictable(budget, now), 1);
            }),
        );
    });

    it("keeps two of three available, as asked for (G3.18)", () => {
        assert.equal(3 - evictable(disruptionSpec({ app: "web" }) as Budget, 3), 2);
    });

    it("never lets an unhealthy pod hold a node up", () => {
        assert.deepEqual(disruptionSpec({ app: "web" }), {
            maxUnavailable: 1,
            unhealthyPodEvictionPolicy: "AlwaysAllow",
            selector: { matchLabels: { app: "web" } },
        });
    });
});

describe("autoscalerSpec", () => {
    it("scales on CPU and memory between the numbers, up at once and down slowly (G3.16)", () => {
        const utilization = (name: string, averageUtilization: number) => ({
            type: "Resource",
            resource: { name, target: { type: "Utilization", averageUtilization } },
        });
        assert.deepEqual(
            autoscalerSpec(
                { kind: "Deployment", name: "web" },
                { min: 3, max: 10 },
                { cpu: 70, memory: 80, ...DEFAULT_PACE },
            ),
            {
                scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: "web" },
                minReplicas: 3,
                maxReplicas: 10,
                metrics: [utilization("cpu", 70), utilization("memory", 80)],
                behavior: {
                    scaleUp: {
                        stabilizationWindowSeconds: 0,
                        selectPolicy: "Max",
                        policies: [
                            { type: "Percent", value: 100, periodSeconds: 15 },
                            { type: "Pods", value: 4, periodSeconds: 15 },
                        ],
                    },
                    scaleDown: {
                        stabilizationWindowSeconds: 300,
                        selectPolicy: "Max",
                        policies: [{ type: "Percent", value: 10, periodSeconds: 60 }],
                    },
                },
            },
        );
    });
});

describe("scalingBehavior", () => {
    it("grows as slowly as it is asked to, by per cent alone (G3.15)", () => {
        const up = { percent: 50, pods: 0, period: 30, delay: 60 };
        const pace = { up, down: { percent: 10, period: 60 }, slowdown: 300 };
        assert.deepEqual(scalingBehavior(pace), {
            scaleUp: {
                stabilizationWindowSeconds: 60,
                selectPolicy: "Max",
                policies: [{ type: "Percent", value: 50, periodSeconds: 30 }],
            },
            scaleDown: {
                stabilizationWindowSeconds: 300,
                selectPolicy: "Max",
                policies: [{ type: "Percent", value: 10, periodSeconds: 60 }],
            },
        });
    });
});

describe("rollingUpdate", () => {
    it("says how many pods more and fewer there may be, by number or by share (P23)", () => {
        assert.deepEqual(rollingUpdate({ surge: "25%", unavailable: 0 }), {
            type: "RollingUpdate",
            rollingUpdate: { maxSurge: "25%", maxUnavailable: 0 },
        });
    });
});
