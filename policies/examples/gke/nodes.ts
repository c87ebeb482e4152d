import type { Break, Example, Inputs } from "../example.ts";

const CLUSTER = "gcp:container/cluster:Cluster";
const NODE_POOL = "gcp:container/nodePool:NodePool";

const NODES: Inputs = {
    imageType: "COS_CONTAINERD",
    serviceAccount: "nodes@p.iam.gserviceaccount.com",
    shieldedInstanceConfig: { enableSecureBoot: true, enableIntegrityMonitoring: true },
    workloadMetadataConfig: { mode: "GKE_METADATA" },
};

/**
 * The three places where nodes are described, broken alike.
 *
 * @param cluster what the cluster itself has to say so that it keeps the rule
 */
function everyPool(
    breaks: readonly Break[],
    undecided: string,
    cluster: Inputs = {},
): readonly Example[] {
    const within = (prefix: string) =>
        breaks.map(({ set, at, ...rest }): Break => ({
            ...rest,
            ...(set && { set: [`${prefix}${set[0]}`, set[1]] as const }),
            at: at.map((path) => `${prefix}${path}`),
        }));
    return [
        {
            type: NODE_POOL,
            good: { nodeConfig: NODES },
            breaks: within("nodeConfig."),
            undecided: `nodeConfig.${undecided}`,
        },
        {
            type: CLUSTER,
            good: { ...cluster, nodeConfig: NODES },
            breaks: within("nodeConfig."),
            undecided: `nodeConfig.${undecided}`,
        },
        {
            type: CLUSTER,
            good: { ...cluster, nodePools: [{ nodeConfig: NODES }] },
            breaks: within("nodePools[0].nodeConfig."),
            undecided: "nodePools",
        },
        { type: CLUSTER, good: { ...cluster, removeDefaultNodePool: true }, breaks: [] },
    ];
}

/** A cluster that makes pools by itself, and the one place in which its defaults are changed. */
function autoProvisioned(
    name: string,
    value: Inputs[string],
    path: string,
    bad: Inputs[string] | undefined,
): Example {
    const defaults = "clusterAutoscaling.autoProvisioningDefaults";
    return {
        type: CLUSTER,
        good: {
            removeDefaultNodePool: true,
            clusterAutoscaling: { enabled: true, autoProvisioningDefaults: { [name]: value } },
        },
        breaks: [
            {
                title: "the pools that the cluster makes have it wrong",
                set: [`${defaults}.${path}`, bad],
                at: [`${defaults}.${path}`],
            },
        ],
        undecided: `${defaults}.${path}`,
    };
}

const AUTOPILOT: Example = { type: CLUSTER, good: { enableAutopilot: true }, breaks: [] };

export const nodeExamples: Record<string, readonly Example[]> = {
    "gcp-gke-workload-identity": [
        ...everyPool(
            [
                {
                    title: "the node's metadata is shown to pods",
                    set: ["workloadMetadataConfig.mode", "GCE_METADATA"],
                    at: ["workloadMetadataConfig.mode"],
                },
            ],
            "workloadMetadataConfig.mode",
            { workloadIdentityConfig: { workloadPool: "p.svc.id.goog" } },
        ),
        {
            type: CLUSTER,
            good: { workloadIdentityConfig: { workloadPool: "p.svc.id.goog" } },
            breaks: [
                {
                    title: "there is no workload pool",
                    set: ["workloadIdentityConfig", undefined],
                    at: ["workloadIdentityConfig.workloadPool"],
                },
                {
                    title: "the workload pool is empty",
                    set: ["workloadIdentityConfig.workloadPool", ""],
                    at: ["workloadIdentityConfig.workloadPool"],
                },
            ],
            undecided: "workloadIdentityConfig.workloadPool",
        },
        { ...AUTOPILOT, undecided: "enableAutopilot" },
    ],
    "gcp-gke-shielded-nodes": [
        ...everyPool(
            [
                {
                    title: "secure boot is off",
                    set: ["shieldedInstanceConfig.enableSecureBoot", false],
                    at: ["shieldedInstanceConfig.enableSecureBoot"],
                },
                {
                    title: "nothing is said, and secure boot is off by default",
                    set: ["shieldedInstanceConfig", undefined],
                    at: ["shieldedInstanceConfig.enableSecureBoot"],
                },
                {
                    title: "integrity is not monitored",
                    set: ["shieldedInstanceConfig.enableIntegrityMonitoring", false],
                    at: ["shieldedInstanceConfig.enableIntegrityMonitoring"],
                },
            ],
            "shieldedInstanceConfig",
        ),
        {
            type: CLUSTER,
            good: { removeDefaultNodePool: true, enableShieldedNodes: true },
            breaks: [
                {
                    title: "shielded nodes are switched off",
                    set: ["enableShieldedNodes", false],
                    at: ["enableShieldedNodes"],
                },
            ],
            undecided: "enableShieldedNodes",
        },
        autoProvisioned(
            "shieldedInstanceConfig",
            { enableSecureBoot: true },
            "shieldedInstanceConfig.enableSecureBoot",
            false,
        ),
        AUTOPILOT,
    ],
    "gcp-gke-node-dedicated-sa": [
        ...everyPool(
            [
                {
                    title: "the account is the project's default",
                    set: ["serviceAccount", "123-compute@developer.gserviceaccount.com"],
                    at: ["serviceAccount"],
                },
                {
                    title: "no account is named, which means the default one",
                    set: ["serviceAccount", undefined],
                    at: ["serviceAccount"],
                },
                {
                    title: "the default account is named as such",
                    set: ["serviceAccount", "default"],
                    at: ["serviceAccount"],
                },
            ],
            "serviceAccount",
        ),
        autoProvisioned(
            "serviceAccount",
            "nodes@p.iam.gserviceaccount.com",
            "serviceAccount",
            undefined,
        ),
        {
            type: CLUSTER,
            good: {
                enableAutopilot: true,
                clusterAutoscaling: { autoProvisioningDefaults: { serviceAccount: "nodes@p" } },
            },
            breaks: [
                {
                    title: "Autopilot's nodes have the default account",
                    set: ["clusterAutoscaling", undefined],
                    at: ["clusterAutoscaling.autoProvisioningDefaults.serviceAccount"],
                },
            ],
        },
    ],
    "gcp-gke-no-alpha-cos": [
        ...everyPool(
            [
                {
                    title: "the image is another",
                    set: ["imageType", "UBUNTU_CONTAINERD"],
                    at: ["imageType"],
                },
            ],
            "imageType",
        ),
        {
            type: CLUSTER,
            good: { removeDefaultNodePool: true, enableKubernetesAlpha: false },
            breaks: [
                {
                    title: "it is an alpha cluster",
                    set: ["enableKubernetesAlpha", true],
                    at: ["enableKubernetesAlpha"],
                },
            ],
            undecided: "enableKubernetesAlpha",
        },
        {
            type: NODE_POOL,
            good: { nodeConfig: { imageType: "windows_ltsc_containerd" } },
            options: { images: ["COS_CONTAINERD", "WINDOWS_LTSC_CONTAINERD"] },
            breaks: [
                {
                    title: "the image is not among those allowed",
                    options: { images: ["COS_CONTAINERD"] },
                    at: ["nodeConfig.imageType"],
                },
            ],
        },
        autoProvisioned("imageType", "COS_CONTAINERD", "imageType", "UBUNTU_CONTAINERD"),
        AUTOPILOT,
    ],
};
