import assert from "node:assert/strict";
import {
    gaugeTrigger,
    lagTrigger,
    queueAuthentication,
    queueTrigger,
    requestsTrigger,
    resourceTriggers,
    scaledObjectSpec,
    streamAuthentication,
} from "../../../../components/kubernetes/services/scaled-object.ts";
import { validate } from "../schemas.ts";

const metadata = { name: "worker", namespace: "worker" };

/** A ScaledObject with these triggers, checked against its schema. */
function scaled(triggers: Parameters<typeof scaledObjectSpec>[0]["triggers"], min = 0) {
    const spec = scaledObjectSpec({
        scaled: { kind: "Deployment", name: "worker" },
        replicas: { min, max: 10 },
        pace: {
            up: { percent: 100, pods: 4, period: 15, delay: 0 },
            down: { percent: 10, period: 60 },
            slowdown: 300,
        },
        triggers,
    });
    const object = { apiVersion: "keda.sh/v1alpha1", kind: "ScaledObject", metadata, spec };
    validate("kubernetes:keda.sh/v1alpha1:ScaledObject", object);
    return spec;
}

describe("scaledObjectSpec", () => {
    const trigger = queueTrigger({
        queue: "jobs",
        vhost: "worker",
        perPod: 50,
        authentication: "queue",
    });

    it("scales a worker to nothing and back, up at once and down slowly", () => {
        assert.deepEqual(scaled([trigger]), {
            scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: "worker" },
            minReplicaCount: 0,
            maxReplicaCount: 10,
            pollingInterval: 15,
            cooldownPeriod: 300,
            fallback: { failureThreshold: 4, replicas: 1, behavior: "currentReplicasIfHigher" },
            advanced: {
                horizontalPodAutoscalerConfig: {
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
            },
            triggers: [trigger],
        });
    });

    it("falls back to no less than the minimum", () => {
        assert.equal(scaled([trigger], 3).fallback.replicas, 3);
    });

    it("looks at CPU and memory beside everything else", () => {
        const triggers = resourceTriggers({ cpu: 70, memory: 80 });
        assert.deepEqual(triggers, [
            { type: "cpu", metricType: "Utilization", metadata: { value: "70" } },
            { type: "memory", metricType: "Utilization", metadata: { value: "80" } },
        ]);
        scaled([...triggers, trigger]);
    });

    it("adds a pod for every hundred requests per second (G3.15)", () => {
        const requests = requestsTrigger({
            namespace: "web",
            metric: "http_requests_total",
            perPod: 100,
        });
        assert.deepEqual(requests, {
            type: "prometheus",
            metricType: "AverageValue",
            metadata: {
                serverAddress:
                    "http://kube-prometheus-stack-prometheus.observability.svc.cluster.local:9090",
                query: 'sum(rate(http_requests_total{namespace="web"}[2m]))',
                threshold: "100",
            },
        });
        const jobs = gaugeTrigger({ namespace: "web", metric: "open_jobs", perPod: 5 });
        assert.deepEqual(
            [jobs.metadata["query"], jobs.metadata["threshold"]],
            ['sum(open_jobs{namespace="web"})', "5"],
        );
        scaled([requests]);
    });

    it("asks RabbitMQ how many messages wait, by its management API", () => {
        assert.deepEqual(trigger, {
            type: "rabbitmq",
            metricType: "AverageValue",
            metadata: {
                protocol: "http",
                queueName: "jobs",
                vhostName: "worker",
                mode: "QueueLength",
                value: "50",
            },
            authenticationRef: { name: "queue" },
        });
    });

    it("asks Kafka how far a group is behind, over TLS and as the application", () => {
        const lag = lagTrigger({
            brokers: "kafka:9093",
            group: "worker",
            topic: "user-events",
            perPod: 500,
            authentication: "stream",
        });
        assert.deepEqual(lag, {
            type: "kafka",
            metricType: "AverageValue",
            metadata: {
                bootstrapServers: "kafka:9093",
                consumerGroup: "worker",
                topic: "user-events",
                lagThreshold: "500",
                offsetResetPolicy: "earliest",
                sasl: "scram_sha512",
                tls: "enable",
            },
            authenticationRef: { name: "stream" },
        });
        scaled([lag]);
    });
});

describe("what KEDA signs in with", () => {
    for (const [title, spec, parameters] of [
        ["the document of a queue's scaling", queueAuthentication("queue"), ["host", "ca", "tls"]],
        [
            "the application's document of a stream",
            streamAuthentication("queue"),
            ["username", "password", "ca"],
        ],
    ] as const) {
        it(`is ${title}, from a Secret`, () => {
            assert.deepEqual(spec, {
                secretTargetRef: parameters.map((parameter) => ({
                    parameter,
                    name: "queue",
                    key: parameter,
                })),
            });
            validate("kubernetes:keda.sh/v1alpha1:TriggerAuthentication", {
                apiVersion: "keda.sh/v1alpha1",
                kind: "TriggerAuthentication",
                metadata,
                spec,
            });
        });
    }
});
