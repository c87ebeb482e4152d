import type { Example } from "../example.ts";

const CLUSTER = "gcp:container/cluster:Cluster";
const NODE_POOL = "gcp:container/nodePool:NodePool";

export const networkExamples: Record<string, readonly Example[]> = {
    "gcp-gke-private-nodes": [
        {
            type: CLUSTER,
            good: { privateClusterConfig: { enablePrivateNodes: true } },
            breaks: [
                {
                    title: "the nodes are public",
                    set: ["privateClusterConfig.enablePrivateNodes", false],
                    at: ["privateClusterConfig.enablePrivateNodes"],
                },
                {
                    title: "nothing is said, and public is the default",
                    set: ["privateClusterConfig", undefined],
                    at: ["privateClusterConfig.enablePrivateNodes"],
                },
            ],
            undecided: "privateClusterConfig.enablePrivateNodes",
        },
        {
            type: CLUSTER,
            good: { removeDefaultNodePool: true },
            breaks: [
                {
                    title: "the default pool stays",
                    set: ["removeDefaultNodePool", false],
                    at: ["privateClusterConfig.enablePrivateNodes"],
                },
                {
                    title: "Autopilot makes the nodes",
                    set: ["enableAutopilot", true],
                    at: ["privateClusterConfig.enablePrivateNodes"],
                },
                {
                    title: "further pools are made by the cluster itself",
                    set: ["clusterAutoscaling", { enabled: true }],
                    at: ["privateClusterConfig.enablePrivateNodes"],
                },
            ],
            undecided: "removeDefaultNodePool",
        },
        {
            type: CLUSTER,
            good: {
                privateClusterConfig: { enablePrivateNodes: true },
                nodePools: [{ name: "one" }, { networkConfig: { enablePrivateNodes: true } }],
            },
            breaks: [
                {
                    title: "a pool inside the cluster is public",
                    set: ["nodePools[1].networkConfig.enablePrivateNodes", false],
                    at: ["nodePools[1].networkConfig.enablePrivateNodes"],
                },
                {
                    title: "the cluster is public, and a pool says nothing else",
                    set: ["privateClusterConfig.enablePrivateNodes", false],
                    at: ["nodePools[0].networkConfig.enablePrivateNodes"],
                },
            ],
            undecided: "nodePools",
        },
        {
            type: NODE_POOL,
            good: { networkConfig: { enablePrivateNodes: true } },
            breaks: [
                {
                    title: "the pool is public",
                    set: ["networkConfig.enablePrivateNodes", false],
                    at: ["networkConfig.enablePrivateNodes"],
                },
            ],
            undecided: "networkConfig.enablePrivateNodes",
        },
    ],
    "gcp-gke-network-policy": [
        {
            type: CLUSTER,
            good: { datapathProvider: "ADVANCED_DATAPATH" },
            breaks: [
                {
                    title: "the datapath is the legacy one",
                    set: ["datapathProvider", "LEGACY_DATAPATH"],
                    at: ["datapathProvider"],
                },
                {
                    title: "nothing is said, and legacy is the default",
                    set: ["datapathProvider", undefined],
                    at: ["datapathProvider"],
                },
            ],
            undecided: "datapathProvider",
        },
        {
            type: CLUSTER,
            good: {
                networkPolicy: { enabled: true, provider: "CALICO" },
                addonsConfig: { networkPolicyConfig: { disabled: false } },
            },
            breaks: [
                {
                    title: "Calico is off",
                    set: ["networkPolicy.enabled", false],
                    at: ["datapathProvider"],
                },
                {
                    title: "Calico's add-on is off",
                    set: ["addonsConfig.networkPolicyConfig.disabled", true],
                    at: ["datapathProvider"],
                },
            ],
            undecided: "networkPolicy.enabled",
        },
        {
            type: CLUSTER,
            good: { enableAutopilot: true },
            breaks: [],
            undecided: "enableAutopilot",
        },
    ],
    "gcp-gke-intranode-flowlogs-vpc-native": [
        {
            type: CLUSTER,
            good: { enableIntranodeVisibility: true, networkingMode: "VPC_NATIVE" },
            breaks: [
                {
                    title: "traffic within a node is not seen",
                    set: ["enableIntranodeVisibility", undefined],
                    at: ["enableIntranodeVisibility"],
                },
                {
                    title: "pods are reached by routes",
                    set: ["networkingMode", "ROUTES"],
                    at: ["networkingMode"],
                },
            ],
            undecided: "enableIntranodeVisibility",
        },
        {
            type: CLUSTER,
            good: { enableAutopilot: true },
            breaks: [],
            undecided: "enableAutopilot",
        },
    ],
};
