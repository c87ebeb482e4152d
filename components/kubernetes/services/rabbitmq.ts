import type * as pulumi from "@pulumi/pulumi";
import type { IServiceMonitor } from "@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/ServiceMonitor";
import type { QueueArgs } from "../../contracts/queue.ts";
import { gibibytes } from "../../lib/quantities.ts";
import type { Labels } from "../labels.ts";
import type { Manifest } from "../manifest.ts";
import { letClientsIn, letIn, letTogether, podsOf } from "../openings.ts";
import { RESTRICTED_CONTAINER, restrictedPod } from "../restricted.ts";
import { KEDA, PORTS, PROMETHEUS, RABBITMQ_OPERATOR } from "../operators/places.ts";
import { spreadQuorum } from "../spread.ts";
import type { BlockClass } from "../storage-classes.ts";
import type { Permission, RabbitmqCluster, User, Vhost } from "./rabbitmq-types.ts";
import { podResources, volumeSize } from "./service.ts";

/** The name of the cluster's objects in its namespace. */
export const RABBITMQ = "rabbitmq";

/** The Secrets of the namespace: the server's certificate, and the administrator whom the operators are. */
export const TLS_SECRET = "rabbitmq-tls";
export const ADMIN_SECRET = "rabbitmq-admin";

/** The platform's own users. */
export const ADMINISTRATOR = "platform-admin";
export const AUTOSCALER = "platform-autoscaler";

/**
 * The label by which the operator's Services find the pods of the cluster, of those that it gives them: EKS lets clients
 * out to a Service only where its selector has all that the policy asks for.
 */
export const RABBITMQ_PODS = { "app.kubernetes.io/name": RABBITMQ } as const;

/** RabbitMQ itself. The operator of version 2.22 takes all of 4.x. */
const IMAGE = "docker.io/library/rabbitmq:4.3.5-management";

/** The user of the image. */
const UID = 999;

/** Seconds that a node gets to hand over its queues. */
const GRACE = 600;

/** Ports by which nodes find each other and talk. */
const MEMBER_PORTS = [4369, 25672];

/** Where clients find RabbitMQ. */
export function rabbitmqHost(namespace: string): string {
    return `${RABBITMQ}.${namespace}.svc.cluster.local`;
}

/** The names in the server's certificate: as clients, and as the operators call it. */
export function rabbitmqNames(namespace: string): string[] {
    return [rabbitmqHost(namespace), `${RABBITMQ}.${namespace}.svc`];
}

interface Metadata {
    readonly name: string;
    readonly namespace: pulumi.Input<string>;
    readonly labels: Labels;
    readonly annotations?: Readonly<Record<string, string>>;
}

/** The cluster: quorum queues, TLS and nothing else, no node twice on a machine. */
export function clusterManifest(
    metadata: Metadata,
    { replicas, storage, resources }: QueueArgs,
    storageClassName: BlockClass,
): RabbitmqCluster {
    return {
        apiVersion: "rabbitmq.com/v1beta1",
        kind: "RabbitmqCluster",
        metadata: {
            ...metadata,
            annotations: { "pulumi.com/waitFor": "condition=AllReplicasReady" },
        },
        spec: {
            replicas,
            image: IMAGE,
            service: { type: "ClusterIP" },
            persistence: { storageClassName, storage: volumeSize(storage) },
            resources: podResources(resources),
            rabbitmq: { additionalConfig: configuration(resources.memory) },
            tls: { secretName: TLS_SECRET, disableNonTLSListeners: true },
            secretBackend: { externalSecret: { name: ADMIN_SECRET } },
            terminationGracePeriodSeconds: GRACE,
            override: { statefulSet: { spec: { template: { spec: podOverride() } } } },
        },
    };
}

/**
 * What the operator's own configuration leaves open. A node stops taking messages before its disk is full: it keeps as
 * much free as it has memory, which it may have to write out.
 *
 * @see https://www.rabbitmq.com/docs/production-checklist
 */
function configuration(memory: string): string {
    const free = Math.ceil((gibibytes(memory) ?? 1) * 1024);
    return [
        "default_queue_type = quorum",
        "queue_leader_locator = balanced",
        "cluster_partition_handling = pause_minority",
        `disk_free_limit.absolute = ${free}MiB`,
        "ssl_options.versions.1 = tlsv1.3",
        "ssl_options.versions.2 = tlsv1.2",
        "management.ssl.versions.1 = tlsv1.3",
        "management.ssl.versions.2 = tlsv1.2",
        "log.console.formatter = json",
        "",
    ].join("\n");
}

/** What Pod Security's restricted profile asks for beyond the operator's own pods, and where they may run. */
function podOverride() {
    const container = { ...RESTRICTED_CONTAINER, readOnlyRootFilesystem: false };
    return {
        securityContext: restrictedPod(UID),
        initContainers: [{ name: "setup-container", securityContext: container }],
        // Erlang writes where it starts.
        containers: [{ name: RABBITMQ, securityContext: container }],
        topologySpreadConstraints: spreadQuorum(RABBITMQ_PODS),
    };
}

const IN_CLUSTER = { rabbitmqClusterReference: { name: RABBITMQ } };

/** The virtual host that the queue's applications share. Under protection its messages stay when it goes. */
export function vhostManifest(metadata: Metadata, protectedFromDeletion: boolean): Vhost {
    return {
        apiVersion: "rabbitmq.com/v1beta1",
        kind: "Vhost",
        metadata,
        spec: {
            ...IN_CLUSTER,
            name: metadata.name,
            defaultQueueType: "quorum",
            deletionPolicy: protectedFromDeletion ? "retain" : "delete",
        },
    };
}

/** A user with the name and the password of a Secret. */
export function userManifest(metadata: Metadata, secret: string, tags: User["spec"]["tags"]): User {
    return {
        apiVersion: "rabbitmq.com/v1beta1",
        kind: "User",
        metadata,
        spec: { ...IN_CLUSTER, importCredentialsSecret: { name: secret }, ...(tags && { tags }) },
    };
}

/** A user's rights in a virtual host: all of them, or none but to see what is there. */
export function permissionManifest(
    metadata: Metadata,
    { user, vhost, all }: { readonly user: string; readonly vhost: string; readonly all: boolean },
): Permission {
    const names = all ? ".*" : "^$";
    return {
        apiVersion: "rabbitmq.com/v1beta1",
        kind: "Permission",
        metadata,
        spec: {
            ...IN_CLUSTER,
            vhost,
            userReference: { name: user },
            permissions: { configure: names, write: names, read: names },
        },
    };
}

/** Who reaches RabbitMQ: its clients, its own nodes, the operators, the autoscaler, and Prometheus where there is one. */
export function rabbitmqPolicies({ clients }: QueueArgs, monitored: boolean) {
    const { rabbitmqManagement, rabbitmqMetrics, amqps } = PORTS;
    const askers = [podsOf(RABBITMQ_OPERATOR.namespace, {}), podsOf(KEDA.namespace, {})];
    return {
        "allow-clients": letClientsIn(clients, [amqps], RABBITMQ_PODS),
        "allow-members": letTogether(MEMBER_PORTS),
        "allow-management": letIn(askers, [rabbitmqManagement], RABBITMQ_PODS),
        ...(monitored && {
            "allow-metrics": letIn(
                [podsOf(PROMETHEUS.namespace, PROMETHEUS.pods)],
                [rabbitmqMetrics],
                RABBITMQ_PODS,
            ),
        }),
    };
}

/** Where Prometheus reads the metrics, and whose certificate it expects there. */
export function monitorManifest(metadata: Metadata, serverName: string) {
    return {
        apiVersion: "monitoring.coreos.com/v1",
        kind: "ServiceMonitor",
        metadata,
        spec: {
            selector: { matchLabels: RABBITMQ_PODS },
            endpoints: [
                {
                    port: "prometheus-tls",
                    scheme: "https",
                    interval: "30s",
                    tlsConfig: {
                        serverName,
                        ca: { secret: { name: TLS_SECRET, key: "ca.crt" } },
                    },
                },
            ],
        },
    } satisfies Manifest<IServiceMonitor>;
}
