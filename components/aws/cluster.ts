import * as pulumi from "@pulumi/pulumi";
import type { Cluster as EksCluster } from "@pulumi/aws/eks/cluster.js";
import { Provider } from "@pulumi/kubernetes/provider.js";
import type {
    Cluster,
    ClusterAddon,
    ClusterArgs,
    KubernetesVersion,
    WorkloadIdentity,
    WorkloadIdentityArgs,
} from "../contracts/cluster.ts";
import type { Viewers } from "../contracts/viewers.ts";
import { refuse } from "../lib/errors.ts";
import { kubeconfig } from "../lib/kubeconfig.ts";
import { grantAccess } from "./access.ts";
import { describeReach } from "./api-access.ts";
import { BEFORE_NODES, installAddons, onNodes } from "./addons.ts";
import { autoscaler } from "./autoscaler.ts";
import { checkCluster } from "./cluster-checks.ts";
import { makeControlPlane } from "./control-plane.ts";
import type { AwsFoundation } from "./foundation.ts";
import type { AwsNetwork } from "./network.ts";
import { makeNodePools } from "./node-pools.ts";
import type { ClusterPlace } from "./pod-identity.ts";
import { bindPods, clusterArn, secretsOperator } from "./pod-identity.ts";
import { viewerGroups } from "./viewers.ts";

/** Where the Pod Identity agent of a node hands out credentials. */
const POD_IDENTITY: WorkloadIdentity["destinations"] = [
    { cidrs: ["169.254.170.23/32"], ports: [80] },
];

/** A cluster's arguments on AWS. */
export interface AwsClusterArgs extends ClusterArgs {
    readonly foundation: AwsFoundation;
    readonly network: AwsNetwork;
}

/**
 * An EKS cluster with managed node groups over three zones, its add-ons, and an autoscaler that moves each pool between
 * its `min` and `max`.
 *
 * The API answers inside the network, and outside it only for `apiCidrs`: private blocks reach it on its private
 * address, over a VPN or a peering, others on a public one that is closed unless there are any. Secrets and the nodes'
 * disks are encrypted with keys of its own; the volumes of pods, which may outlive it, with AWS's key for volumes. All five
 * control-plane logs are kept, and nobody is administrator but those named and the identity that runs the stack: name all
 * identities that ever run it in `administrators`, or each run hands the right over to its own.
 *
 * Costs about 73 USD a month for the control plane (in standard support), 2 USD for keys, and the nodes.
 */
export class AwsCluster extends pulumi.ComponentResource implements Cluster {
    readonly clusterName: pulumi.Output<string>;
    readonly kubeconfig: pulumi.Output<string>;
    readonly provider: Provider;
    readonly version: KubernetesVersion;
    readonly reach: string;
    readonly viewers: Viewers;
    readonly resource: EksCluster;
    readonly nodes: readonly pulumi.Resource[];
    readonly addons: readonly ClusterAddon[];
    /** The nodes' role, which pulls images. */
    readonly nodeRoleArn: pulumi.Output<string>;
    /** The role of the External Secrets operator, which takes on the roles of `SecretStore.reader`. */
    readonly secretsOperatorRoleArn: pulumi.Output<string>;

    /** The cluster's name as plain text, and where it stands: policies are written with it before it exists. */
    readonly place: ClusterPlace;
    /** True if the cluster is protected, and with it what a cluster's controllers make outside it. */
    readonly deletionProtection: boolean;

    constructor(name: string, args: AwsClusterArgs, opts?: pulumi.ComponentResourceOptions) {
        super("platform:aws:Cluster", name, {}, opts);
        refuse(this, name, checkCluster(name, args));
        const { foundation, network, version, administrators, viewers = {} } = args;
        const place = { name, region: foundation.region, account: foundation.account };
        this.place = place;
        this.deletionProtection = args.deletionProtection;
        this.version = version;
        this.reach = describeReach(name, network.cidr, args.apiCidrs);

        const { cluster, doors } = makeControlPlane(name, args, this);
        this.viewers = viewerGroups(viewers);
        const access = grantAccess(name, { cluster, administrators, viewers }, this);
        const add = { place, cluster, version };
        const first = installAddons(name, { ...add, addons: BEFORE_NODES }, this);
        const pools = makeNodePools(name, { ...args, cluster, dependsOn: first }, this);
        const rest = installAddons(
            name,
            { ...add, addons: onNodes(foundation.tags), dependsOn: pools.groups },
            this,
        );
        const operator = secretsOperator(name, { place, cluster, site: foundation.site }, this);

        this.resource = cluster;
        this.clusterName = cluster.name;
        this.kubeconfig = execKubeconfig(place, cluster, [access, ...doors.map(({ id }) => id)]);
        this.provider = new Provider(
            name,
            {
                kubeconfig: this.kubeconfig,
                // Known before the cluster is, and other whenever the settings make another cluster of it.
                clusterIdentifier: `${clusterArn(place)}/${network.cidr}`,
            },
            { parent: this },
        );
        // Pods get credentials only if their binding stands when they start.
        this.nodes = [...pools.groups, ...rest, operator.binding];
        this.nodeRoleArn = pools.roleArn;
        this.secretsOperatorRoleArn = operator.roleArn;
        this.addons = [autoscaler(name, { place, cluster, ...args }, this)];
        this.registerOutputs({ clusterName: this.clusterName, kubeconfig: this.kubeconfig });
    }

    identity(
        name: string,
        args: WorkloadIdentityArgs,
        opts?: pulumi.CustomResourceOptions,
    ): WorkloadIdentity {
        const { arn, binding } = bindPods(
            name,
            { place: this.place, cluster: this.resource, pods: args },
            pulumi.mergeOptions({ parent: this }, opts),
        );
        // What waits for the identity waits for its binding too: pods that start earlier get no credentials.
        const principal = pulumi.all([arn, binding.id]).apply(([bound]) => bound);
        // Pod Identity binds a role to the service account inside EKS: nothing has to be written on it.
        return { annotations: {}, podLabels: {}, destinations: POD_IDENTITY, principal };
    }
}

/** A kubeconfig that gets its token from the AWS CLI, resolved once the deploying identity has access. */
function execKubeconfig(
    place: ClusterPlace,
    cluster: EksCluster,
    access: readonly pulumi.Output<unknown>[],
): pulumi.Output<string> {
    const { name, region } = place;
    const authority = cluster.certificateAuthority.data;
    const open = pulumi.all([...access]);
    const config = pulumi.all([cluster.endpoint, authority, open]).apply(([server, data]) =>
        kubeconfig({
            name,
            server,
            certificateAuthority: data,
            exec: {
                command: "aws",
                args: [
                    ...["--region", region, "eks", "get-token"],
                    ...["--cluster-name", name, "--output", "json"],
                ],
                installHint: "Install the AWS CLI, version 2: https://aws.amazon.com/cli/",
            },
        }),
    );
    return pulumi.secret(config);
}
