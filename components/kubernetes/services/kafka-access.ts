import type { IKafkaTopic } from "@kubernetes-models/strimzi-kafka-operator/kafka.strimzi.io/v1/KafkaTopic";
import type { IKafkaUser } from "@kubernetes-models/strimzi-kafka-operator/kafka.strimzi.io/v1/KafkaUser";
import type { IPodMonitor } from "@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/PodMonitor";
import type { StreamArgs, StreamClient, TopicArgs } from "../../contracts/stream.ts";
import { shortHash } from "../../lib/names.ts";
import { amount } from "../../lib/units.ts";
import type { Manifest } from "../manifest.ts";
import { letClientsIn, letIn, letOutToApi, letTogether, podsOf } from "../openings.ts";
import { KEDA, PORTS, PROMETHEUS, STRIMZI_OPERATOR } from "../operators/places.ts";
import { inCluster, KAFKA, KAFKA_PODS, OF_CLUSTER, replication, WAIT } from "./kafka.ts";
import type { Place } from "./kafka.ts";

/** The name of a topic's object: the topic's own where Kubernetes allows it. */
export function topicObject(topic: string): string {
    const plain = topic.toLowerCase().replaceAll(/[^a-z0-9.-]/g, "-");
    return plain === topic ? topic : `${plain}-${shortHash(topic)}`;
}

/** A topic. Its records are kept by as many brokers as there are, up to three. */
export function topicManifest(topic: string, args: TopicArgs, place: Place, brokers: number) {
    return {
        apiVersion: "kafka.strimzi.io/v1",
        kind: "KafkaTopic",
        metadata: { ...inCluster(topicObject(topic), place), annotations: WAIT },
        spec: {
            topicName: topic,
            partitions: args.partitions,
            replicas: replication(brokers),
            config: {
                "cleanup.policy": args.cleanup,
                "retention.ms": amount(args.retention) * 86_400_000,
            },
        },
    } satisfies Manifest<IKafkaTopic>;
}

/** An application's user, who may do with its topics what it says it does, and no more. */
export function userManifest(client: StreamClient, secret: string, place: Place) {
    return {
        apiVersion: "kafka.strimzi.io/v1",
        kind: "KafkaUser",
        metadata: { ...inCluster(client.application, place), annotations: WAIT },
        spec: {
            authentication: {
                type: "scram-sha-512",
                password: { valueFrom: { secretKeyRef: { name: secret, key: "password" } } },
            },
            authorization: { type: "simple", acls: rights(client) },
        },
    } satisfies Manifest<IKafkaUser>;
}

type Operation = "Read" | "Write" | "Describe";

/**
 * Rights by topic. Consumer groups and transactions are called `<application>` or `<application>.<anything>`: no
 * application has a dot in its key, so that none reads along under another's name.
 */
function rights({ application, consumes, produces }: StreamClient) {
    const allow = (
        type: "topic" | "group" | "transactionalId",
        name: string,
        patternType: "literal" | "prefix",
        operations: Operation[],
    ) => ({ resource: { type, name, patternType }, operations });
    const own = (type: "group" | "transactionalId", operations: Operation[]) => [
        allow(type, application, "literal", operations),
        allow(type, `${application}.`, "prefix", operations),
    ];
    return [
        ...consumes.map((topic) => allow("topic", topic, "literal", ["Read", "Describe"])),
        ...produces.map((topic) => allow("topic", topic, "literal", ["Write", "Describe"])),
        ...(consumes.length > 0 ? own("group", ["Read", "Describe"]) : []),
        ...(produces.length > 0 ? own("transactionalId", ["Write", "Describe"]) : []),
    ];
}

/** Who reaches Kafka: clients and the autoscaler by the listener, its own parts, the operator, and Prometheus. */
export function kafkaPolicies({ clients }: StreamArgs, monitored: boolean) {
    const operator = [podsOf(STRIMZI_OPERATOR.namespace, {})];
    return {
        "allow-clients": letClientsIn(clients, [PORTS.kafka], KAFKA_PODS),
        "allow-autoscaler": letIn([podsOf(KEDA.namespace, {})], [PORTS.kafka], KAFKA_PODS),
        "allow-members": letTogether(PORTS.kafkaInternal),
        "allow-operator": letIn(operator, [...PORTS.kafkaInternal, PORTS.kafkaAgent]),
        // Brokers ask for the zone of their node, and Strimzi's own parts for topics and users.
        "allow-apis": letOutToApi(),
        ...(monitored && {
            "allow-metrics": letIn(
                [podsOf(PROMETHEUS.namespace, PROMETHEUS.pods)],
                [PORTS.kafkaMetrics],
            ),
        }),
    };
}

/** Where Prometheus reads the metrics of brokers, controllers and the exporter. */
export function monitorManifest({ namespace, labels }: Place) {
    return {
        apiVersion: "monitoring.coreos.com/v1",
        kind: "PodMonitor",
        metadata: { name: KAFKA, namespace, labels },
        spec: {
            selector: { matchLabels: OF_CLUSTER },
            podMetricsEndpoints: [{ port: "tcp-prometheus", path: "/metrics", interval: "30s" }],
        },
    } satisfies Manifest<IPodMonitor>;
}
