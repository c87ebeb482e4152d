import type * as pulumi from "@pulumi/pulumi";
import type { IKafka } from "@kubernetes-models/strimzi-kafka-operator/kafka.strimzi.io/v1/Kafka";
import type { IKafkaNodePool } from "@kubernetes-models/strimzi-kafka-operator/kafka.strimzi.io/v1/KafkaNodePool";
import type { StreamArgs } from "../../contracts/stream.ts";
import type { PodSize } from "../../contracts/queue.ts";
import type { Gibibytes } from "../../lib/units.ts";
import type { Labels } from "../labels.ts";
import type { Manifest } from "../manifest.ts";
import { podsOf } from "../openings.ts";
import { small } from "../operators/operator.ts";
import { KEDA, PORTS } from "../operators/places.ts";
import { spreadQuorum } from "../spread.ts";
import { podResources, volumeSize } from "./service.ts";

/** The name of the cluster's objects in its namespace. */
export const KAFKA = "kafka";

/** The Secret with the brokers' certificate. */
export const TLS_SECRET = "kafka-tls";

/** The labels by which Strimzi's objects belong to the cluster. Without them an object is nobody's (G7.12). */
export const OF_CLUSTER = { "strimzi.io/cluster": KAFKA };

/**
 * The labels that Strimzi gives to brokers and controllers, and by which its Services find them: EKS lets clients out to
 * a Service only where its selector has all that the policy asks for.
 */
export const KAFKA_PODS = { ...OF_CLUSTER, "strimzi.io/name": `${KAFKA}-kafka` } as const;

/** How many copies of each record there are (G7.10). */
export function replication(brokers: number): number {
    return Math.min(brokers, 3);
}

/** Where clients find the brokers first. */
export function bootstrap(namespace: string): string {
    return `${KAFKA}-kafka-bootstrap.${namespace}.svc.cluster.local:${PORTS.kafka}`;
}

/** The names in the brokers' certificate: of all together, and of each as it calls itself. */
export function brokerNames(namespace: string): string[] {
    return ["svc", "svc.cluster.local"].flatMap((end) => [
        `${KAFKA}-kafka-bootstrap.${namespace}.${end}`,
        `*.${KAFKA}-kafka-brokers.${namespace}.${end}`,
    ]);
}

/** The name and the place of an object. */
export interface Place {
    readonly namespace: pulumi.Input<string>;
    readonly labels: Labels;
}

/** The metadata of an object that belongs to the cluster. */
export function inCluster(name: string, { namespace, labels }: Place) {
    return { name, namespace, labels: { ...labels, ...OF_CLUSTER } };
}

/** Makes Pulumi wait until Strimzi has done its part. */
export const WAIT = { "pulumi.com/waitFor": "condition=Ready" };

/** The cluster without its nodes: one listener, over TLS, for users with a password who are allowed something. */
export function kafkaManifest(place: Place, { brokers, clients }: StreamArgs) {
    return {
        apiVersion: "kafka.strimzi.io/v1",
        kind: "Kafka",
        metadata: { ...inCluster(KAFKA, place), annotations: WAIT },
        spec: {
            kafka: {
                listeners: [
                    {
                        name: "tls",
                        port: PORTS.kafka,
                        type: "internal",
                        tls: true,
                        authentication: { type: "scram-sha-512" },
                        configuration: {
                            brokerCertChainAndKey: {
                                secretName: TLS_SECRET,
                                certificate: "tls.crt",
                                key: "tls.key",
                            },
                        },
                        // An empty list would let everybody in.
                        networkPolicyPeers: [
                            podsOf(KEDA.namespace, {}),
                            ...clients.map(({ namespace, pods }) => podsOf(namespace, pods)),
                        ],
                    },
                ],
                authorization: { type: "simple" },
                rack: { topologyKey: "topology.kubernetes.io/zone" },
                config: configuration(brokers),
                metricsConfig: { type: "strimziMetricsReporter", values: { allowList: [".*"] } },
            },
            entityOperator: {
                topicOperator: { resources: small("50m", "384Mi", "250m") },
                userOperator: { resources: small("50m", "384Mi", "250m") },
            },
            kafkaExporter: {
                topicRegex: ".*",
                groupRegex: ".*",
                resources: small("20m", "128Mi", "100m"),
            },
            ...(brokers >= 3 && { cruiseControl: CRUISE_CONTROL }),
            // Certificates that Strimzi renews restart brokers: on Sundays from four (G13.9).
            maintenanceTimeWindows: ["* * 4 ? * SUN"],
        },
    } satisfies Manifest<IKafka>;
}

/** Moves partitions onto brokers that come, and away from brokers that go before they go. */
const CRUISE_CONTROL = {
    resources: small("100m", "768Mi", "500m"),
    autoRebalance: [{ mode: "add-brokers" as const }, { mode: "remove-brokers" as const }],
};

/** Topics are made by objects only, and a record counts when two of three brokers have it. */
function configuration(brokers: number): Record<string, string | number | boolean> {
    const copies = replication(brokers);
    const inSync = Math.max(1, copies - 1);
    return {
        "auto.create.topics.enable": false,
        "default.replication.factor": copies,
        "min.insync.replicas": inSync,
        "offsets.topic.replication.factor": copies,
        "transaction.state.log.replication.factor": copies,
        "transaction.state.log.min.isr": inSync,
    };
}

/** What nodes do: one does both, several share it with three controllers. */
type Role = "broker" | "controller";

/** What a controller asks for: it keeps no records, only what the cluster is made of. */
const CONTROLLER: PodSize = { cpu: "250m", memory: "1Gi" };
const CONTROLLER_STORAGE: Gibibytes = "10 GiB";

/** The pools of nodes, by name. */
export function nodePools(
    place: Place,
    { brokers, storage, resources }: StreamArgs,
    storageClass: string,
) {
    const brokerSize = { storage, resources };
    if (brokers === 1) {
        const roles: Role[] = ["controller", "broker"];
        return { combined: poolManifest("combined", place, 1, roles, storageClass, brokerSize) };
    }
    const controllerSize = { storage: CONTROLLER_STORAGE, resources: CONTROLLER };
    return {
        broker: poolManifest("broker", place, brokers, ["broker"], storageClass, brokerSize),
        controller: poolManifest(
            "controller",
            place,
            3,
            ["controller"],
            storageClass,
            controllerSize,
        ),
    };
}

function poolManifest(
    name: string,
    place: Place,
    replicas: number,
    roles: Role[],
    storageClass: string,
    size: { readonly storage: Gibibytes; readonly resources: PodSize },
) {
    return {
        apiVersion: "kafka.strimzi.io/v1",
        kind: "KafkaNodePool",
        metadata: inCluster(name, place),
        spec: {
            replicas,
            roles,
            storage: {
                type: "jbod",
                volumes: [
                    {
                        id: 0,
                        type: "persistent-claim",
                        size: volumeSize(size.storage),
                        class: storageClass,
                        deleteClaim: false,
                        kraftMetadata: "shared",
                    },
                ],
            },
            resources: podResources(size.resources),
            template: {
                pod: {
                    topologySpreadConstraints: spreadQuorum({
                        ...OF_CLUSTER,
                        "strimzi.io/pool-name": name,
                    }),
                },
            },
        },
    } satisfies Manifest<IKafkaNodePool>;
}
