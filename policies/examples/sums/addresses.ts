import { UNKNOWN, type ExampleResource, type Inputs, type StackExample } from "../example.ts";
import { eksAddressesExamples } from "./eks-addresses.ts";

const azureSubnet: ExampleResource = {
    name: "nodes",
    type: "azure-native:network:Subnet",
    inputs: { addressPrefix: "10.0.0.0/24" },
};

const aks = (networkProfile: Inputs, pool: Inputs): ExampleResource => ({
    name: "aks",
    type: "azure-native:containerservice:ManagedCluster",
    inputs: {
        networkProfile,
        agentPoolProfiles: [
            { name: "system", vmSize: "Standard_D2s_v5", vnetSubnetID: UNKNOWN, ...pool },
        ],
    },
    references: { agentPoolProfiles: ["nodes"] },
});

const workers = (inputs: Inputs): ExampleResource => ({
    name: "workers",
    type: "azure-native:containerservice:AgentPool",
    inputs: { resourceName: UNKNOWN, vmSize: "Standard_D4s_v5", vnetSubnetID: UNKNOWN, ...inputs },
    references: { resourceName: ["aks"], vnetSubnetID: ["nodes"] },
});

const gke: readonly ExampleResource[] = [
    {
        name: "subnetwork",
        type: "gcp:compute/subnetwork:Subnetwork",
        inputs: {
            ipCidrRange: "10.0.0.0/28",
            secondaryIpRanges: [
                { rangeName: "services", ipCidrRange: "10.2.0.0/20" },
                { rangeName: "pods", ipCidrRange: "10.1.0.0/20" },
            ],
        },
    },
    {
        name: "gke",
        type: "gcp:container/cluster:Cluster",
        inputs: {
            location: "europe-west3",
            removeDefaultNodePool: true,
            subnetwork: UNKNOWN,
            ipAllocationPolicy: { clusterSecondaryRangeName: "pods" },
        },
        references: { subnetwork: ["subnetwork"] },
    },
    {
        name: "pool",
        type: "gcp:container/nodePool:NodePool",
        inputs: {
            cluster: UNKNOWN,
            maxPodsPerNode: 110,
            autoscaling: { totalMaxNodeCount: 11 },
            upgradeSettings: { maxSurge: 1 },
        },
        references: { cluster: ["gke"] },
    },
];
const TOTAL = "autoscaling.totalMaxNodeCount";

export const addressesExamples: readonly StackExample[] = [
    ...eksAddressesExamples,
    {
        title: "pools on AKS whose pods share the nodes' subnet",
        good: [
            azureSubnet,
            aks({ networkPlugin: "azure" }, { count: 2, upgradeSettings: { maxSurge: "1" } }),
            // 251 addresses for (2 + 1) x 31 and (4 + 1) x 31.
            workers({ enableAutoScaling: true, maxCount: 4, upgradeSettings: { maxSurge: "25%" } }),
        ],
        breaks: [
            {
                title: "one grows further",
                set: ["workers", "maxCount", 5],
                at: [["workers", "maxCount"]],
            },
            {
                title: "its nodes take more pods",
                set: ["workers", "maxPods", 50],
                at: [["workers", "maxCount"]],
            },
        ],
        undecided: ["workers", "vnetSubnetID"],
    },
    {
        title: "an overlay on AKS, of which each node takes a block",
        good: [
            azureSubnet,
            aks(
                {
                    networkPlugin: "azure",
                    networkPluginMode: "overlay",
                    podCidr: "10.244.0.0/20",
                },
                { count: 2, upgradeSettings: { maxSurge: "1" } },
            ),
            workers({ count: 12, upgradeSettings: { maxSurge: "1" } }),
        ],
        breaks: [
            {
                title: "there are more nodes than blocks",
                set: ["workers", "count", 13],
                at: [["aks", "networkProfile.podCidr"]],
            },
            {
                title: "the subnet has too few addresses",
                set: ["nodes", "addressPrefix", "10.0.0.0/28"],
                at: [["workers", "count"]],
            },
            {
                title: "the range has too few blocks",
                set: ["aks", "networkProfile.podCidr", "10.244.0.0/21"],
                at: [["aks", "networkProfile.podCidr"]],
            },
        ],
        undecided: ["aks", "networkProfile"],
    },
    {
        title: "a pool on GKE, whose nodes take a block of the pods' range",
        good: gke,
        breaks: [
            {
                title: "it grows beyond the nodes' range",
                set: ["pool", TOTAL, 12],
                at: [["pool", TOTAL]],
            },
            {
                title: "the pods' range is smaller",
                set: ["subnetwork", "secondaryIpRanges[1].ipCidrRange", "10.1.0.0/21"],
                at: [["pool", TOTAL]],
            },
            {
                title: "it grows in each of three zones",
                set: ["pool", "autoscaling", { maxNodeCount: 4 }],
                at: [["pool", "autoscaling.maxNodeCount"]],
            },
        ],
        undecided: ["pool", "maxPodsPerNode"],
    },
];
