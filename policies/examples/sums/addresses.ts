import { CLUSTER, inShop, object, SHOP } from "../cluster-objects.ts";
import { UNKNOWN, type ExampleResource, type Inputs, type StackExample } from "../example.ts";

const MAX = "scalingConfig.maxSize";

const group = (name: string, type: string, maxSize: number, subnets: readonly string[]) => ({
    name,
    type: "aws:eks/nodeGroup:NodeGroup",
    inputs: {
        clusterName: UNKNOWN,
        instanceTypes: [type],
        scalingConfig: { maxSize },
        subnetIds: subnets.map(() => UNKNOWN),
    },
    references: { clusterName: ["cluster"], subnetIds: subnets },
});

const subnet = (name: string, cidrBlock: string): ExampleResource => ({
    name,
    type: "aws:ec2/subnet:Subnet",
    inputs: { cidrBlock },
});

/** The settings of the VPC CNI, as an add-on has them. */
const cni = (env: Inputs): ExampleResource => ({
    name: "cni",
    type: "aws:eks/addon:Addon",
    inputs: {
        clusterName: UNKNOWN,
        addonName: "vpc-cni",
        configurationValues: JSON.stringify({ env }),
    },
    references: { clusterName: ["cluster"] },
});

/** A node that is told how many pods it takes. */
const template: ExampleResource = {
    name: "template",
    type: "aws:ec2/launchTemplate:LaunchTemplate",
    inputs: {
        userData: Buffer.from("spec:\n  kubelet:\n    config:\n      maxPods: 30\n").toString(
            "base64",
        ),
    },
};

const pods = (replicas: number) =>
    object("web", "apps/v1:Deployment", {
        metadata: inShop("web"),
        spec: { replicas, template: { spec: { containers: [{ name: "web" }] } } },
    });

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
    {
        title: "node groups on EKS that share two subnets",
        good: [
            ...CLUSTER,
            // 2 x (128 - 5) addresses for 8 x 18 and 3 x 30.
            subnet("a", "10.0.0.0/25"),
            subnet("b", "10.0.1.0/25"),
            group("burst", "t3.medium", 8, ["a", "b"]),
            group("base", "m6i.large", 3, ["b", "a"]),
        ],
        breaks: [
            {
                title: "one grows further",
                set: ["burst", MAX, 9],
                at: [["burst", MAX]],
            },
            {
                title: "a subnet is smaller",
                set: ["a", "cidrBlock", "10.0.0.0/26"],
                at: [["burst", MAX]],
            },
            {
                title: "the machines have more interfaces",
                set: ["base", "instanceTypes", ["m6i.4xlarge"]],
                at: [["base", MAX]],
            },
        ],
        undecided: ["burst", "subnetIds"],
    },
    {
        title: "nodes with prefixes, which are told how many pods to take",
        good: [
            ...CLUSTER,
            subnet("a", "10.0.0.0/23"),
            cni({ ENABLE_PREFIX_DELEGATION: "true" }),
            template,
            {
                ...group("base", "m6i.large", 10, ["a"]),
                inputs: {
                    ...group("base", "m6i.large", 10, ["a"]).inputs,
                    launchTemplate: { id: UNKNOWN },
                },
                references: {
                    clusterName: ["cluster"],
                    subnetIds: ["a"],
                    launchTemplate: ["template"],
                },
            },
        ],
        breaks: [
            {
                title: "they take as many pods as prefixes allow",
                set: ["template", "userData", undefined],
                at: [["base", MAX]],
            },
            { title: "there is one more", set: ["base", MAX, 11], at: [["base", MAX]] },
        ],
        undecided: ["cni", "configurationValues"],
    },
    {
        title: "as many pods as the nodes take",
        good: [
            ...CLUSTER,
            SHOP,
            subnet("a", "10.0.0.0/24"),
            group("burst", "t3.medium", 2, ["a"]),
            pods(34),
        ],
        breaks: [
            {
                title: "there is one more",
                set: ["web", "spec.replicas", 35],
                at: [["cluster", ""]],
            },
        ],
    },
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
