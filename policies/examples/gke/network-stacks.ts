import { UNKNOWN, type StackExample } from "../example.ts";

const CLUSTER = "gcp:container/cluster:Cluster";
const NODE_POOL = "gcp:container/nodePool:NodePool";
const SUBNET = "gcp:compute/subnetwork:Subnetwork";
const FLOW_LOGS = "gcp:networkmanagement/vpcFlowLogsConfig:VpcFlowLogsConfig";

export const networkStackExamples: Record<string, readonly StackExample[]> = {
    "gcp-gke-private-nodes": [
        {
            title: "a pool that does as its cluster does",
            good: [
                {
                    name: "cluster",
                    type: CLUSTER,
                    inputs: { privateClusterConfig: { enablePrivateNodes: true } },
                },
                {
                    name: "pool",
                    type: NODE_POOL,
                    inputs: { cluster: UNKNOWN },
                    references: { cluster: ["cluster"] },
                },
            ],
            breaks: [
                {
                    title: "the cluster's nodes are public",
                    set: ["cluster", "privateClusterConfig.enablePrivateNodes", false],
                    at: [["pool", "networkConfig.enablePrivateNodes"]],
                },
            ],
            undecided: ["cluster", "privateClusterConfig.enablePrivateNodes"],
        },
        {
            title: "a pool that names its cluster",
            good: [
                {
                    name: "cluster",
                    type: CLUSTER,
                    inputs: { name: "main", privateClusterConfig: { enablePrivateNodes: true } },
                },
                { name: "pool", type: NODE_POOL, inputs: { cluster: "main" } },
            ],
            breaks: [
                {
                    title: "the cluster says nothing either",
                    set: ["cluster", "privateClusterConfig", undefined],
                    at: [["pool", "networkConfig.enablePrivateNodes"]],
                },
            ],
            undecided: ["pool", "cluster"],
        },
        {
            title: "a pool that names its cluster by its path",
            good: [
                {
                    name: "cluster",
                    type: CLUSTER,
                    inputs: { name: "main", privateClusterConfig: { enablePrivateNodes: true } },
                },
                {
                    name: "pool",
                    type: NODE_POOL,
                    inputs: { cluster: "projects/p/locations/europe-west3/clusters/main" },
                },
            ],
            breaks: [
                {
                    title: "the cluster's nodes are public",
                    set: ["cluster", "privateClusterConfig.enablePrivateNodes", false],
                    at: [["pool", "networkConfig.enablePrivateNodes"]],
                },
            ],
            undecided: ["pool", "cluster"],
        },
    ],
    "gcp-gke-intranode-flowlogs-vpc-native": [
        {
            title: "a cluster in a subnet with flow logs, and a subnet without a cluster",
            good: [
                {
                    name: "cluster",
                    type: CLUSTER,
                    inputs: { subnetwork: UNKNOWN },
                    references: { subnetwork: ["nodes"] },
                },
                { name: "nodes", type: SUBNET, inputs: { logConfig: { flowSampling: 0.5 } } },
                { name: "proxies", type: SUBNET, inputs: { purpose: "REGIONAL_MANAGED_PROXY" } },
            ],
            breaks: [
                {
                    title: "the subnet has none",
                    set: ["nodes", "logConfig", undefined],
                    at: [["nodes", "logConfig"]],
                },
                {
                    title: "the subnet's sample nothing",
                    set: ["nodes", "logConfig.flowSampling", 0],
                    at: [["nodes", "logConfig"]],
                },
            ],
            undecided: ["nodes", "logConfig"],
        },
        {
            title: "a cluster in a subnet whose network has flow logs",
            good: [
                { name: "vpc", type: "gcp:compute/network:Network", inputs: {} },
                {
                    name: "cluster",
                    type: CLUSTER,
                    inputs: { subnetwork: UNKNOWN },
                    references: { subnetwork: ["nodes"] },
                },
                {
                    name: "nodes",
                    type: SUBNET,
                    inputs: { network: UNKNOWN },
                    references: { network: ["vpc"] },
                },
                {
                    name: "logs",
                    type: FLOW_LOGS,
                    inputs: { network: UNKNOWN, state: "ENABLED" },
                    references: { network: ["vpc"] },
                },
            ],
            breaks: [
                {
                    title: "there is no configuration",
                    remove: "logs",
                    at: [["nodes", "logConfig"]],
                },
                {
                    title: "the configuration is switched off",
                    set: ["logs", "state", "DISABLED"],
                    at: [["nodes", "logConfig"]],
                },
                {
                    title: "it is another network's",
                    set: ["logs", "network", "another"],
                    at: [["nodes", "logConfig"]],
                },
            ],
            undecided: ["logs", "network"],
        },
    ],
};
