import assert from "node:assert/strict";
import { type Json, listOf, object, plan, spec } from "./program.ts";

/** What an autoscaler of Kubernetes does, whoever made it. */
const behaviourOf = (made: Awaited<ReturnType<typeof plan>>, kind: string): unknown => {
    const { behavior, advanced } = spec(made, "shop", kind);
    const inner = (advanced as Json | undefined)?.["horizontalPodAutoscalerConfig"];
    return behavior ?? (inner as Json | undefined)?.["behavior"];
};

const releases = (made: Awaited<ReturnType<typeof plan>>) =>
    made.all("kubernetes:helm.sh/v3:Release").map(({ inputs }) => inputs["chart"]);

describe("the scaling of an application", () => {
    const up = { percent: 50, pods: 0, period: 30, delay: 60 };
    const slow = {
        scaleUp: {
            stabilizationWindowSeconds: 60,
            selectPolicy: "Max",
            policies: [{ type: "Percent", value: 50, periodSeconds: 30 }],
        },
        scaleDown: {
            stabilizationWindowSeconds: 120,
            selectPolicy: "Max",
            policies: [{ type: "Percent", value: 25, periodSeconds: 60 }],
        },
    };
    const pace = { up, down: { percent: 25 }, slowdown: 120 };

    it("by requests brings what counts them: KEDA, and a Prometheus for it to ask (G3.15, G3.17)", async () => {
        const scaling = { ...pace, cpu: 60, requests: 100 };
        const made = await plan({ shop: { scaling, replicas: { min: 3, max: 9 } } });
        const charts = releases(made);
        assert.ok(charts.includes("keda"));
        assert.ok(charts.includes("kube-prometheus-stack"));
        assert.equal(listOf(made, "shop").join().includes("HorizontalPodAutoscaler"), false);
        const { triggers, minReplicaCount, maxReplicaCount } = spec(made, "shop", "ScaledObject");
        assert.deepEqual([minReplicaCount, maxReplicaCount], [3, 9]);
        assert.deepEqual(
            (triggers as Json[]).map(({ type, metadata }) => [type, metadata]),
            [
                ["cpu", { value: "60" }],
                ["memory", { value: "80" }],
                [
                    "prometheus",
                    {
                        serverAddress:
                            "http://kube-prometheus-stack-prometheus.observability.svc.cluster.local:9090",
                        query: 'sum(rate(http_requests_total{namespace="shop"}[2m]))',
                        threshold: "100",
                    },
                ],
            ],
        );
        assert.deepEqual(behaviourOf(made, "ScaledObject"), slow);
    });

    it("by CPU and memory alone needs neither of them, and keeps the same pace", async () => {
        const made = await plan({ shop: { scaling: pace } });
        const charts = releases(made);
        assert.equal(charts.includes("keda"), false);
        assert.equal(charts.includes("kube-prometheus-stack"), false);
        assert.deepEqual(behaviourOf(made, "HorizontalPodAutoscaler"), slow);
    });

    it("keeps a number of pods that is fixed, without the Deployment naming it", async () => {
        const made = await plan({ shop: { replicas: 4 } });
        const { minReplicas, maxReplicas } = spec(made, "shop", "HorizontalPodAutoscaler");
        assert.deepEqual([minReplicas, maxReplicas], [4, 4]);
        assert.equal("replicas" in spec(made, "shop", "Deployment"), false);
        assert.ok(object(made, "shop", "PodDisruptionBudget"));
    });
});
