import * as pulumi from "@pulumi/pulumi";
import { Cluster as GkeCluster } from "@pulumi/gcp/container/cluster.js";
import { kubeconfig } from "../lib/kubeconfig.ts";
import type { GcpClusterArgs } from "./cluster.ts";
import * as config from "./cluster-config.ts";
import { type EncryptionKey, encryptionKey } from "./kms.ts";
import { retainLogs } from "./logs.ts";
import { SECONDARY_RANGES } from "./network.ts";
import { type NodeDefaults, hardenedNode } from "./node-pools.ts";

/** One key for etcd and boot disks, used by GKE's and Compute Engine's own accounts. */
export function clusterKey(
    name: string,
    { foundation, deletionProtection }: GcpClusterArgs,
    opts: pulumi.CustomResourceOptions,
): EncryptionKey {
    const users = { gke: foundation.agents.container, disks: foundation.agents.compute };
    return encryptionKey(`${name}-cluster-key`, { foundation, users, deletionProtection }, opts);
}

/** Keeps what the control plane writes, audit entries included, apart from the project's other logs. */
export function retainControlPlaneLogs(
    name: string,
    clusterName: string,
    location: string,
    { foundation, logRetention }: GcpClusterArgs,
    opts: pulumi.CustomResourceOptions,
): void {
    const types = ["k8s_control_plane_component", "k8s_cluster", "gke_cluster"];
    const filter = [
        `resource.labels.cluster_name="${clusterName}"`,
        `resource.labels.location="${location}"`,
        `resource.type=(${types.map((type) => `"${type}"`).join(" OR ")})`,
    ].join(" AND ");
    const description = `Control plane logs of ${clusterName}`;
    retainLogs(
        `${name}-control-plane`,
        { foundation, description, filter, retention: logRetention },
        opts,
    );
}

/** What the control plane is made from, besides the arguments. */
export interface ControlPlaneArgs extends GcpClusterArgs {
    readonly clusterName: string;
    readonly location: string;
    readonly key: EncryptionKey;
    readonly node: NodeDefaults;
}

/** The cluster itself, without the pools that it is to have. */
export function makeControlPlane(
    name: string,
    context: ControlPlaneArgs,
    opts: pulumi.CustomResourceOptions,
): GkeCluster {
    const { network, foundation, key } = context;
    return new GkeCluster(
        name,
        {
            name: context.clusterName,
            location: context.location,
            minMasterVersion: context.version,
            deletionProtection: context.deletionProtection,
            network: network.networkId,
            subnetwork: network.subnetwork.id,
            ipAllocationPolicy: {
                clusterSecondaryRangeName: SECONDARY_RANGES.pods,
                servicesSecondaryRangeName: SECONDARY_RANGES.services,
            },
            defaultMaxPodsPerNode: network.ranges.podsPerNode,
            ...config.apiAccess(context.apiCidrs, network.cidr),
            workloadIdentityConfig: { workloadPool: `${foundation.project}.svc.id.goog` },
            databaseEncryption: { state: "ENCRYPTED", keyName: key.id },
            // GKE insists on a first pool. It is removed at once, but stands for some minutes.
            removeDefaultNodePool: true,
            initialNodeCount: 1,
            nodeConfig: hardenedNode(context.node),
            ...config.FIXED,
        },
        {
            ...opts,
            protect: context.deletionProtection,
            // Its name can only be taken once.
            deleteBeforeReplace: true,
            // What GKE reports of the removed default pool would otherwise replace the cluster.
            ignoreChanges: ["nodeConfig"],
            dependsOn: [
                foundation.apis.container,
                foundation.apis.containerSecurity,
                foundation.apis.binaryAuthorization,
                ...key.grants,
            ],
        },
    );
}

/** A kubeconfig for the address that is open to the user, with the plugin that gets a token each time. */
export function clusterKubeconfig(cluster: GkeCluster): pulumi.Output<string> {
    const certificate = cluster.masterAuth.apply((auth) => auth.clusterCaCertificate);
    return pulumi.secret(
        pulumi
            .all([cluster.name, cluster.endpoint, certificate])
            .apply(([name, endpoint, certificateAuthority]) =>
                kubeconfig({
                    name,
                    server: `https://${endpoint}`,
                    certificateAuthority,
                    exec: {
                        command: "gke-gcloud-auth-plugin",
                        installHint:
                            "Install it with: gcloud components install gke-gcloud-auth-plugin",
                    },
                }),
            ),
    );
}
