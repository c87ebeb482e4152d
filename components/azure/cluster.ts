import { ManagedCluster } from "@pulumi/azure-native/containerservice/managedCluster.js";
import { Workspace } from "@pulumi/azure-native/operationalinsights/workspace.js";
import { Provider } from "@pulumi/kubernetes/provider.js";
import * as pulumi from "@pulumi/pulumi";
import type {
    Cluster,
    ClusterAddon,
    ClusterArgs,
    KubernetesVersion,
    WorkloadIdentity,
    WorkloadIdentityArgs,
} from "../contracts/cluster.ts";
import { viewerProblems, type Viewers } from "../contracts/viewers.ts";
import { refuse } from "../lib/errors.ts";
import { compose } from "../lib/names.ts";
import { clusterKubeconfig, describeReach } from "./cluster-access.ts";
import { clusterArgs, type ClusterBasis } from "./cluster-args.ts";
import type { AzureFoundation } from "./foundation.ts";
import {
    makeClusterIdentities,
    makeWorkloadIdentity,
    type ClusterIdentities,
} from "./identities.ts";
import { AZURE_LIMITS } from "./limits.ts";
import { lock } from "./lock.ts";
import { retentionProblems, sendLogs, workspaceArgs } from "./logs.ts";
import { scheduleMaintenance } from "./maintenance.ts";
import { collectMetrics } from "./metrics.ts";
import type { AzureNetwork } from "./network.ts";
import { nodePoolProblems } from "./node-pool-problems.ts";
import { makeNodePools } from "./node-pools.ts";
import { grant } from "./roles.ts";
import { admitViewers } from "./viewers.ts";

export interface AzureClusterArgs extends ClusterArgs {
    readonly foundation: AzureFoundation;
    readonly network: AzureNetwork;
}

/**
 * The control plane's logs. The audit log comes whole, so `kube-audit-admin`, which is a part of it, would only be
 * paid for twice.
 */
const LOG_CATEGORIES = [
    "cloud-controller-manager",
    "cluster-autoscaler",
    "csi-azuredisk-controller",
    "csi-azurefile-controller",
    "csi-snapshot-controller",
    "guard",
    "kube-apiserver",
    "kube-audit",
    "kube-controller-manager",
    "kube-scheduler",
];

/**
 * An AKS cluster with Entra ID as its only way in, workload identity, and Azure CNI Overlay on Cilium.
 *
 * Whoever runs the stack is made administrator of the cluster, besides the Entra groups in `administrators`, because it
 * fills the cluster; who ran it before no longer is. So run it as one identity, or have all of them in a group. The subscription needs the feature Microsoft.Compute/EncryptionAtHost registered.
 *
 * In each zone a pool is a node pool of its own, because a subnet, and with it the way out, belongs to a zone. Raising
 * `version` upgrades the control plane and then all pools; within the version, patches and node images arrive on
 * Sundays from 04:00 UTC.
 *
 * `deletionProtection` is a lock, since AKS has no flag for it. The lock holds all that belongs to the cluster, so a
 * pool cannot be removed or replaced either while it is on.
 *
 * Creates the cluster, its pools, two identities with their roles, two maintenance windows, and workspaces for logs
 * and metrics; nodes are most of what it costs, then the Standard tier (with `highAvailability`), Defender and logs.
 *
 * @see https://learn.microsoft.com/azure/aks/
 */
export class AzureCluster extends pulumi.ComponentResource implements Cluster {
    readonly clusterName: pulumi.Output<string>;
    readonly kubeconfig: pulumi.Output<string>;
    readonly provider: Provider;
    readonly version: KubernetesVersion;
    readonly reach: string;
    readonly viewers: Viewers;
    readonly resource: ManagedCluster;
    readonly nodes: readonly pulumi.Resource[];
    /** None: the autoscaler and the metrics server are part of AKS. */
    readonly addons: readonly ClusterAddon[] = [];
    /** The object id of the identity that the control plane acts as: it makes load balancers. */
    readonly controlPlanePrincipalId: pulumi.Output<string>;
    /** The object id of the identity that nodes pull images as. Stands before the cluster does. */
    readonly kubeletPrincipalId: pulumi.Output<string>;
    private readonly foundation: AzureFoundation;

    constructor(name: string, args: AzureClusterArgs, opts?: pulumi.ComponentResourceOptions) {
        super("platform:azure:Cluster", name, {}, opts);
        refuse(this, name, [
            ...nodePoolProblems(args.nodePools),
            ...retentionProblems(args.logRetention),
            ...viewerProblems(args.viewers, AZURE_LIMITS.viewer),
        ]);
        const { foundation, network } = args;
        const child = { parent: this };
        const clusterName = compose(AZURE_LIMITS.names.cluster, name);

        const identities = makeClusterIdentities(name, args, child);
        const workspace = new Workspace(
            `${name}-logs`,
            workspaceArgs(foundation, args.logRetention),
            child,
        );
        const basis = { ...identities, workspaceId: workspace.id };
        const cluster = makeControlPlane(name, clusterName, args, basis, child);
        const pools = makeNodePools(name, { ...args, cluster }, child);
        const access = grantDeployer(name, foundation, cluster, child);
        const logs = { resource: cluster, workspaceId: workspace.id, categories: LOG_CATEGORIES };
        const covered = [
            ...pools,
            access,
            ...scheduleMaintenance(name, { foundation, cluster }, child),
            collectMetrics(name, { foundation, cluster }, child),
            sendLogs(name, logs, child),
        ];
        if (args.deletionProtection) lock(name, cluster, covered, child);

        this.viewers = admitViewers(name, args.viewers ?? {}, foundation, child);
        const closed = args.apiCidrs.length === 0;
        this.foundation = foundation;
        this.clusterName = cluster.name;
        this.version = args.version;
        this.reach = describeReach(clusterName, args.apiCidrs, network.cidr);
        this.resource = cluster;
        this.nodes = [cluster, ...pools];
        this.controlPlanePrincipalId = identities.controlPlane.principalId;
        this.kubeletPrincipalId = identities.kubelet.principalId;
        this.kubeconfig = clusterKubeconfig(clusterName, { foundation, cluster, closed }, child);
        this.provider = new Provider(
            name,
            { kubeconfig: this.kubeconfig, clusterIdentifier: cluster.id },
            // The cluster learns of a role up to five minutes after Azure does, and refuses until then. The pools take
            // about as long, and hardly anything in the cluster is of use before them.
            { ...child, dependsOn: [access, ...pools] },
        );
        this.registerOutputs({ clusterName: this.clusterName, kubeconfig: this.kubeconfig });
    }

    identity(
        name: string,
        args: WorkloadIdentityArgs,
        opts?: pulumi.CustomResourceOptions,
    ): WorkloadIdentity {
        const issuer = this.resource.oidcIssuerProfile.apply((profile) => profile?.issuerURL ?? "");
        const { foundation } = this;
        return makeWorkloadIdentity(
            name,
            { ...args, foundation, issuer },
            { parent: this, ...opts },
        );
    }
}

function makeControlPlane(
    name: string,
    clusterName: string,
    args: AzureClusterArgs,
    basis: ClusterIdentities & ClusterBasis,
    opts: pulumi.CustomResourceOptions,
): ManagedCluster {
    return new ManagedCluster(name, clusterArgs(clusterName, args, basis), {
        ...opts,
        dependsOn: [...basis.grants],
        protect: args.deletionProtection,
        deleteBeforeReplace: true,
        // Azure lists the later pools here as well, and each of them has its own resource.
        ignoreChanges: ["agentPoolProfiles"],
        // Azure cannot move a cluster to another network, and the provider does not know.
        replaceOnChanges: ["apiServerAccessProfile.subnetId"],
    });
}

/** Lets the identity that runs the stack work inside the cluster: with local accounts off, nobody else could. */
function grantDeployer(
    name: string,
    foundation: AzureFoundation,
    cluster: ManagedCluster,
    opts: pulumi.CustomResourceOptions,
) {
    const principalId = foundation.deployerId;
    const args = { foundation, role: "aksClusterAdmin", principalId, scope: cluster.id } as const;
    return grant(`${name}-deployer`, args, opts);
}
