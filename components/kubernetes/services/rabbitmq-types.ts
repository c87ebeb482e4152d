import type * as pulumi from "@pulumi/pulumi";
import type { input } from "@pulumi/kubernetes/types/index.js";

/*
 * What is used of the objects of RabbitMQ's operators. Nobody publishes their types; these follow the definitions of
 * cluster-operator 2.22 and messaging-topology-operator 1.19.
 *
 * https://www.rabbitmq.com/kubernetes/operator/operator-overview
 */

/** The metadata of an object in a namespace. */
interface Metadata {
    readonly name: string;
    readonly namespace: pulumi.Input<string>;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
}

/** An object of the group. */
interface Manifest<Kind extends string, Spec> {
    readonly apiVersion: "rabbitmq.com/v1beta1";
    readonly kind: Kind;
    readonly metadata: Metadata;
    readonly spec: Spec;
}

/** A RabbitMQ cluster. */
export type RabbitmqCluster = Manifest<
    "RabbitmqCluster",
    {
        readonly replicas: number;
        readonly image: string;
        readonly service: { readonly type: "ClusterIP" };
        readonly persistence: { readonly storageClassName: string; readonly storage: string };
        readonly resources: input.core.v1.ResourceRequirements;
        readonly rabbitmq: { readonly additionalConfig: string };
        readonly tls: { readonly secretName: string; readonly disableNonTLSListeners: boolean };
        readonly secretBackend: { readonly externalSecret: { readonly name: string } };
        readonly terminationGracePeriodSeconds: number;
        /** Merged into the StatefulSet, lists by the names of their elements. */
        readonly override: {
            readonly statefulSet: {
                readonly spec: { readonly template: { readonly spec: input.core.v1.PodSpec } };
            };
        };
    }
>;

/** The cluster of the same namespace that an object is for. */
interface InCluster {
    readonly rabbitmqClusterReference: { readonly name: string };
}

/** A virtual host: its own queues and exchanges, which other virtual hosts do not see. */
export type Vhost = Manifest<
    "Vhost",
    InCluster & {
        readonly name: string;
        readonly defaultQueueType: "quorum" | "classic" | "stream";
        /** Whether the messages stay when the object goes. */
        readonly deletionPolicy: "delete" | "retain";
    }
>;

/** A user. Its Secret has the keys `username` and `password`, and is read once, when the user is made. */
export type User = Manifest<
    "User",
    InCluster & {
        readonly importCredentialsSecret: { readonly name: string };
        readonly tags?: readonly ("management" | "policymaker" | "monitoring" | "administrator")[];
    }
>;

/** What a user may do in a virtual host, as regular expressions over the names of queues and exchanges. */
export type Permission = Manifest<
    "Permission",
    InCluster & {
        readonly vhost: string;
        readonly userReference: { readonly name: string };
        readonly permissions: {
            readonly configure: string;
            readonly write: string;
            readonly read: string;
        };
    }
>;
