import type * as pulumi from "@pulumi/pulumi";
import type { Provider } from "@pulumi/kubernetes/provider.js";
import type { Cidr } from "../lib/cidr.ts";
import type { Destination } from "./destination.ts";
import type { Viewers, ViewersArgs } from "./viewers.ts";
import type { Days, Gibibytes } from "../lib/units.ts";

/** Minor versions that every cloud has in standard support in November 2026. */
export type KubernetesVersion = "1.35" | "1.36" | "1.37";

/** What a node of each size has, smallest first: vCPU, and memory in GiB. Those of a small one are shared. */
export const NODE_CAPACITY = {
    small: { cpu: 2, memory: 4 },
    medium: { cpu: 2, memory: 8 },
    large: { cpu: 4, memory: 16 },
    xlarge: { cpu: 8, memory: 32 },
    "2xlarge": { cpu: 16, memory: 64 },
} as const;

/** The size of a node. Each cloud has a table with its machine type (`sizes.ts`). */
export type NodeSize = keyof typeof NODE_CAPACITY;

/** All node sizes, smallest first. */
export const NODE_SIZES = Object.keys(NODE_CAPACITY) as NodeSize[];

/** A taint as Kubernetes writes it: only pods that tolerate it run on the pool's nodes. */
export interface Taint {
    readonly key: string;
    readonly value: string;
    readonly effect: "NoSchedule" | "PreferNoSchedule" | "NoExecute";
}

/** The label with the pool's name that every node has, and the one that spot nodes have. */
export const POOL_LABEL = "platform/pool";
export const SPOT_LABEL = "platform/spot";

/** A group of equal nodes that grows and shrinks with the demand of the pods. */
export interface NodePoolArgs {
    /** Changing it replaces the pool's nodes, one by one. */
    readonly size: NodeSize;
    /** The fewest nodes in the whole pool, over all zones together (never per zone, G1.54). */
    readonly min: number;
    /** The most nodes in the whole pool, over all zones together. */
    readonly max: number;
    /** True for spare capacity at a discount, which the cloud may take back at any time. Changing it replaces the pool. */
    readonly spot: boolean;
    /** Labels on every node of the pool, as Kubernetes writes them. */
    readonly labels: Readonly<Record<string, string>>;
    /** Taints on every node of the pool. */
    readonly taints: readonly Taint[];
    /** The size of each node's encrypted boot disk. */
    readonly disk: Gibibytes;
}

/** A managed Kubernetes cluster with its node pools. */
export interface ClusterArgs {
    /** The minor version. Raising it upgrades in place, one minor at a time; no cloud can lower it. */
    readonly version: KubernetesVersion;
    /**
     * The pools by name. The name is part of the nodes' names: 1 to 10 lower-case letters and digits, a letter first.
     * At least one pool has no taint, or the cluster's own add-ons could not run.
     */
    readonly nodePools: Readonly<Record<string, NodePoolArgs>>;
    /**
     * Who may reach the API from outside the network. Inside it, the API always answers on a private address.
     *
     * An empty list closes the public endpoint: the stack then has to be run from inside the network, and the cluster
     * says so in `reach`.
     */
    readonly apiCidrs: readonly Cidr[];
    /**
     * Who administers the cluster: IAM role or user ARNs on AWS, Entra group object ids on Azure, group or user e-mail
     * addresses (`group:…`, `user:…`) on Google Cloud.
     */
    readonly administrators: readonly string[];
    /**
     * Who may sign in to look, by the namespace that a RoleBinding then lets them into: IAM role or user ARNs on AWS,
     * Entra group object ids on Azure, `user:…` on Google Cloud. @default - nobody
     */
    readonly viewers?: ViewersArgs;
    /** True if the control plane and the nodes survive the loss of a zone, with the cloud's SLA for it. */
    readonly highAvailability: boolean;
    /** True if the cloud itself refuses to delete the cluster. Switch it off in a step of its own before deleting. */
    readonly deletionProtection: boolean;
    /** How long the control plane's logs are kept. */
    readonly logRetention: Days;
}

/** Which Kubernetes service account a cloud identity is for. */
export interface WorkloadIdentityArgs {
    readonly namespace: string;
    readonly serviceAccount: string;
}

/** A cloud identity that pods of one service account take on, with no stored key. */
export interface WorkloadIdentity {
    /** Annotations that the service account needs. */
    readonly annotations: Readonly<Record<string, pulumi.Output<string>>>;
    /** Labels that the service account's pods need. */
    readonly podLabels: Readonly<Record<string, string>>;
    /** Where pods have to be let out to, to take it on: the node's metadata server, the cloud's token service. */
    readonly destinations: readonly Destination[];
    /** The identity in the cloud's words, for grants: a role's ARN, a principal's object id, an IAM member. */
    readonly principal: pulumi.Output<string>;
}

/** A chart that a cluster needs for its contract to hold, such as the autoscaler on AWS. Data: the site installs it. */
export interface ClusterAddon {
    /** The chart's key in `kubernetes/charts.ts`. */
    readonly chart: string;
    readonly namespace: string;
    readonly values: Readonly<Record<string, pulumi.Input<unknown>>>;
    /** What has to stand before the chart is installed, besides the nodes. */
    readonly dependsOn: readonly pulumi.Resource[];
}

/** A cluster that stands. */
export interface Cluster extends pulumi.ComponentResource {
    /** The cluster's name in the cloud. */
    readonly clusterName: pulumi.Output<string>;
    /** Secret. Uses the cloud's credential plugin; holds no token (G1.9). */
    readonly kubeconfig: pulumi.Output<string>;
    /** The explicit provider for everything inside the cluster, with its `clusterIdentifier` set. */
    readonly provider: Provider;
    /** The minor version asked for. */
    readonly version: KubernetesVersion;
    /** In words, from where the API can be reached, and so from where the stack has to be run. */
    readonly reach: string;
    /** Whom a RoleBinding has to name for those who may look, by namespace. */
    readonly viewers: Viewers;
    /** The cloud's own cluster. What dies with it names it in `deletedWith`. */
    readonly resource: pulumi.CustomResource;
    /** What has to stand before pods can run: the pools, and the add-ons that nodes need. */
    readonly nodes: readonly pulumi.Resource[];
    /** Charts that the site installs for this cluster. */
    readonly addons: readonly ClusterAddon[];
    /** Makes a cloud identity for the pods of one service account. */
    identity(
        name: string,
        args: WorkloadIdentityArgs,
        opts?: pulumi.CustomResourceOptions,
    ): WorkloadIdentity;
}
