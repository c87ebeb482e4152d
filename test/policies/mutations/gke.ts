import type { Mutation } from "./mutation.ts";

const CLUSTER = "gcp:container/cluster:Cluster";
const NODE_POOL = "gcp:container/nodePool:NodePool";

/** One input of the cluster or of its pool that is changed, and where it is found then. */
function changed(
    rule: string,
    title: string,
    type: string,
    path: string,
    value: NonNullable<Mutation["do"][number]["set"]>[string],
): Mutation {
    return { rule, title, do: [{ type, set: { [path]: value } }], at: path };
}

export const gkeMutations: readonly Mutation[] = [
    {
        rule: "gcp-gke-control-plane-not-public",
        title: "a GKE control plane answers to the whole internet",
        do: [
            {
                type: CLUSTER,
                set: {
                    "privateClusterConfig.enablePrivateEndpoint": false,
                    "masterAuthorizedNetworksConfig.cidrBlocks": [{ cidrBlock: "0.0.0.0/0" }],
                },
            },
        ],
        at: "masterAuthorizedNetworksConfig",
    },
    changed(
        "gcp-gke-private-nodes",
        "a node pool has public addresses",
        NODE_POOL,
        "networkConfig.enablePrivateNodes",
        false,
    ),
    {
        rule: "gcp-gke-private-nodes",
        title: "a node pool takes public addresses from its cluster",
        do: [
            { type: NODE_POOL, set: { networkConfig: undefined } },
            { type: CLUSTER, set: { "privateClusterConfig.enablePrivateNodes": false } },
        ],
        at: "networkConfig.enablePrivateNodes",
    },
    changed(
        "gcp-gke-secrets-cmek",
        "Secrets of GKE are left to Google's key",
        CLUSTER,
        "databaseEncryption.state",
        "DECRYPTED",
    ),
    changed(
        "gcp-gke-workload-identity",
        "pods of GKE have no identity of their own",
        CLUSTER,
        "workloadIdentityConfig.workloadPool",
        undefined,
    ),
    changed(
        "gcp-gke-workload-identity",
        "pods of a pool see their node's metadata",
        NODE_POOL,
        "nodeConfig.workloadMetadataConfig.mode",
        "GCE_METADATA",
    ),
    changed(
        "gcp-gke-shielded-nodes",
        "nodes of GKE boot without secure boot",
        NODE_POOL,
        "nodeConfig.shieldedInstanceConfig.enableSecureBoot",
        false,
    ),
    changed(
        "gcp-gke-network-policy",
        "nothing enforces network policies on GKE",
        CLUSTER,
        "datapathProvider",
        "LEGACY_DATAPATH",
    ),
    changed(
        "gcp-gke-no-legacy-auth",
        "callers without a name may ask GKE anything",
        CLUSTER,
        "anonymousAuthenticationConfig.mode",
        "ENABLED",
    ),
    changed(
        "gcp-gke-release-channel-auto-upgrade",
        "nodes of GKE keep their version",
        NODE_POOL,
        "management.autoUpgrade",
        false,
    ),
    changed(
        "gcp-gke-node-dedicated-sa",
        "nodes of GKE run as the default service account",
        NODE_POOL,
        "nodeConfig.serviceAccount",
        "123456789012-compute@developer.gserviceaccount.com",
    ),
    changed(
        "gcp-gke-binary-authorization",
        "a GKE cluster runs every image",
        CLUSTER,
        "binaryAuthorization.evaluationMode",
        "DISABLED",
    ),
    changed(
        "gcp-gke-logging-monitoring",
        "the logs of GKE's workloads stay on their nodes",
        CLUSTER,
        "loggingConfig.enableComponents",
        ["SYSTEM_COMPONENTS"],
    ),
    changed(
        "gcp-gke-intranode-flowlogs-vpc-native",
        "traffic within a node of GKE is not seen",
        CLUSTER,
        "enableIntranodeVisibility",
        false,
    ),
    {
        ...changed(
            "gcp-gke-intranode-flowlogs-vpc-native",
            "the subnet of a GKE cluster keeps no flow logs",
            "gcp:compute/subnetwork:Subnetwork",
            "logConfig",
            undefined,
        ),
        // Which every subnet has to, whether a cluster is in it or not.
        also: ["net-flow-logs"],
    },
    changed(
        "gcp-gke-security-posture",
        "nobody watches the security posture of GKE",
        CLUSTER,
        "securityPostureConfig.mode",
        "DISABLED",
    ),
    changed(
        "gcp-gke-no-alpha-cos",
        "nodes of GKE run Ubuntu",
        NODE_POOL,
        "nodeConfig.imageType",
        "UBUNTU_CONTAINERD",
    ),
    changed(
        "gcp-gke-deletion-protection",
        "one command deletes the production cluster of GKE",
        CLUSTER,
        "deletionProtection",
        false,
    ),
];
