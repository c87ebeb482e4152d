import * as pulumi from "@pulumi/pulumi";
import type { Cluster as GkeCluster } from "@pulumi/gcp/container/cluster.js";
import type { Account } from "@pulumi/gcp/serviceaccount/account.js";
import { Provider } from "@pulumi/kubernetes/provider.js";
import type {
    Cluster,
    ClusterArgs,
    KubernetesVersion,
    WorkloadIdentity,
    WorkloadIdentityArgs,
} from "../contracts/cluster.ts";
import { viewerProblems, type Viewers } from "../contracts/viewers.ts";
import { refuse } from "../lib/errors.ts";
import type { Problem } from "../lib/problem.ts";
import { compose } from "../lib/names.ts";
import { describeReach } from "./cluster-config.ts";
import {
    clusterKey,
    clusterKubeconfig,
    makeControlPlane,
    retainControlPlaneLogs,
} from "./control-plane.ts";
import type { GcpFoundation } from "./foundation.ts";
import { grantAdministration, nodeIdentity } from "./iam.ts";
import { GCP_LIMITS } from "./limits.ts";
import type { GcpNetwork } from "./network.ts";
import { type NodeDefaults, type PoolArgs, makePool } from "./node-pools.ts";
import { nodeCapacity } from "./ranges.ts";
import { admitViewers } from "./viewers.ts";

/** Where a node's metadata server hands out its pods' tokens: its own address, and the one behind it with Dataplane V2. */
const METADATA_SERVER: WorkloadIdentity["destinations"] = [
    { cidrs: ["169.254.169.254/32"], ports: [80] },
    { cidrs: ["169.254.169.252/32"], ports: [988] },
];

export interface GcpClusterArgs extends ClusterArgs {
    readonly foundation: GcpFoundation;
    readonly network: GcpNetwork;
}

/**
 * A GKE Standard cluster: regional when highly available, else in one zone.
 *
 * Nodes are private and shielded, have a least-privilege account and disks encrypted with the customer's key, as etcd
 * is. Pods get cloud identities by workload identity federation. Network policies are enforced by Dataplane V2.
 *
 * The release channel REGULAR upgrades patches, and minors before their support ends, in the Sunday window.
 *
 * Switching high availability replaces the cluster, for its location is part of its identity.
 *
 * Only Pulumi and its provider refuse to delete it: GKE has no switch of its own.
 */
export class GcpCluster extends pulumi.ComponentResource implements Cluster {
    readonly clusterName: pulumi.Output<string>;
    readonly kubeconfig: pulumi.Output<string>;
    readonly provider: Provider;
    readonly version: KubernetesVersion;
    readonly reach: string;
    readonly viewers: Viewers;
    readonly resource: GkeCluster;
    readonly nodes: readonly pulumi.Resource[];
    /** Everything the contract asks for is part of GKE. */
    readonly addons = [];
    /** The region or the zone it lies in. */
    readonly location: pulumi.Output<string>;
    /** Who the nodes are, for grants such as pulling images. */
    readonly nodeAccount: Account;
    readonly #foundation: GcpFoundation;

    constructor(name: string, args: GcpClusterArgs, opts?: pulumi.ComponentResourceOptions) {
        super("platform:gcp:Cluster", name, {}, opts);
        refuse(this, name, [
            ...checkRoom(args),
            ...viewerProblems(args.viewers, GCP_LIMITS.viewer),
        ]);
        const { foundation, network, administrators, viewers = {} } = args;
        const within = { parent: this };
        this.#foundation = foundation;
        this.version = args.version;
        this.reach = describeReach(name, network.cidr, foundation.region, args.apiCidrs);

        const clusterName = compose(GCP_LIMITS.names.cluster, name);
        const location = locationOf(args);
        const key = clusterKey(name, args, within);
        const identity = nodeIdentity(name, foundation, within);
        this.nodeAccount = identity.account;
        const node: NodeDefaults = {
            clusterName,
            serviceAccount: identity.account.email,
            diskKey: key.id,
            labels: foundation.labels,
        };
        retainControlPlaneLogs(name, clusterName, location, args, within);
        this.resource = makeControlPlane(
            name,
            { clusterName, location, key, node, ...args },
            within,
        );
        this.clusterName = this.resource.name;
        this.location = this.resource.location;
        this.nodes = makePools(name, args, this.resource, node, {
            ...within,
            dependsOn: [identity.grant, network.nat],
        });
        for (const administrator of administrators) {
            grantAdministration(name, administrator, clusterName, foundation, within);
        }
        const access = { clusterName, foundation, administrators };
        this.viewers = admitViewers(name, viewers, access, within);
        this.kubeconfig = clusterKubeconfig(this.resource);
        this.provider = new Provider(
            name,
            {
                kubeconfig: this.kubeconfig,
                // Known before the cluster is, and other whenever the settings make another cluster of it.
                clusterIdentifier: `projects/${foundation.project}/locations/${location}/clusters/${clusterName}/${network.cidr}`,
            },
            within,
        );
        this.registerOutputs({ clusterName: this.clusterName, kubeconfig: this.kubeconfig });
    }

    /**
     * The service account itself is the identity (a direct principal): there is no Google account to impersonate.
     *
     * The pool is the project's. Clusters of one project share it, so that the same namespace and service account in
     * another of its clusters is the same identity: a site whose pods must not read what another's may needs a
     * project of its own.
     *
     * @see https://docs.cloud.google.com/kubernetes-engine/docs/concepts/workload-identity#identity_sameness
     */
    identity(_name: string, args: WorkloadIdentityArgs): WorkloadIdentity {
        const { projectNumber } = this.#foundation;
        // Taken from the cluster, for the project has no such pool before its first cluster.
        const pool = this.resource.workloadIdentityConfig.apply(({ workloadPool }) => workloadPool);
        const subject = `subject/ns/${args.namespace}/sa/${args.serviceAccount}`;
        return {
            annotations: {},
            podLabels: {},
            destinations: METADATA_SERVER,
            principal: pulumi.interpolate`principal://iam.googleapis.com/projects/${projectNumber}/locations/global/workloadIdentityPools/${pool}/${subject}`,
        };
    }
}

/** The zone is `b`, which every region has. */
function locationOf(args: GcpClusterArgs): string {
    const { region } = args.foundation;
    return args.highAvailability ? region : `${region}-b`;
}

function makePools(
    name: string,
    { nodePools, highAvailability, network }: GcpClusterArgs,
    cluster: GkeCluster,
    node: NodeDefaults,
    opts: pulumi.CustomResourceOptions,
): pulumi.Resource[] {
    const { podsPerNode } = network.ranges;
    const shared: PoolArgs = { cluster, zones: highAvailability ? 3 : 1, podsPerNode, node };
    return Object.entries(nodePools).map(([key, pool]) => makePool(name, key, pool, shared, opts));
}

/** The block decides how many nodes have addresses; each pool needs one more than its maximum for upgrades. */
function checkRoom({ nodePools, network }: GcpClusterArgs): Problem[] {
    const needed = Object.values(nodePools).reduce((sum, { max }) => sum + max + 1, 0);
    const room = nodeCapacity(network.ranges);
    if (needed <= room) return [];
    return [
        {
            path: "nodePools",
            message: `need room for ${needed} nodes (every max and one more for upgrades), but ${network.cidr} has room for ${room}`,
            fix: "Lower max, or give the network a larger block",
        },
    ];
}
