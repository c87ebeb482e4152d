import { CLUSTER, inShop, object, SHOP } from "../cluster-objects.ts";
import { UNKNOWN, type ExampleResource, type Inputs, type StackExample } from "../example.ts";

const AT = "spec.template.spec.containers";

const workload = (requests: Inputs): ExampleResource =>
    object("search", "apps/v1:StatefulSet", {
        metadata: inShop("search"),
        spec: { template: { spec: { containers: [{ name: "main", resources: { requests } }] } } },
    });

const group = (name: string, ...instanceTypes: readonly string[]): ExampleResource => ({
    name,
    type: "aws:eks/nodeGroup:NodeGroup",
    inputs: { clusterName: UNKNOWN, instanceTypes, scalingConfig: { maxSize: 3 } },
    references: { clusterName: ["cluster"] },
});

const asking = (memory: string, path: "memory" | "cpu" = "memory") =>
    ["search", `${AT}[0].resources.requests.${path}`, memory] as const;

/** A provider that leads to this cluster. */
const provider = (references: readonly string[]): ExampleResource => ({
    name: "kubernetes",
    type: "pulumi:providers:kubernetes",
    inputs: { kubeconfig: UNKNOWN },
    references: { kubeconfig: references },
});

const aks = (vmSize: string, more: Inputs = {}): ExampleResource => ({
    name: "aks",
    type: "azure-native:containerservice:ManagedCluster",
    inputs: {
        networkProfile: { networkPlugin: "azure", networkPluginMode: "overlay" },
        agentPoolProfiles: [{ name: "system", vmSize, count: 1, maxPods: 110 }],
        ...more,
    },
});

const gke: readonly ExampleResource[] = [
    {
        name: "gke",
        type: "gcp:container/cluster:Cluster",
        inputs: { location: "europe-west3", removeDefaultNodePool: true },
    },
    {
        name: "pool",
        type: "gcp:container/nodePool:NodePool",
        inputs: { cluster: UNKNOWN, nodeConfig: { machineType: "e2-medium" }, nodeCount: 1 },
        references: { cluster: ["gke"] },
    },
    provider(["gke"]),
];

export const fitExamples: readonly StackExample[] = [
    {
        title: "a pod on EKS that fits on one of two types",
        good: [
            ...CLUSTER,
            SHOP,
            group("small", "t3.medium"),
            group("large", "m6i.large", "m5.xlarge"),
            workload({ cpu: "1", memory: "14Gi" }),
        ],
        breaks: [
            {
                title: "the large pool is missing",
                remove: "large",
                at: [["search", AT]],
            },
            {
                title: "it asks for all the memory of the largest machine",
                set: asking("16Gi"),
                at: [["search", AT]],
            },
            {
                title: "it asks for all the cores of the largest machine",
                set: asking("4", "cpu"),
                at: [["search", AT]],
            },
        ],
        undecided: ["large", "instanceTypes"],
    },
    {
        title: "a pod whose cores and memory fit on no machine together",
        good: [
            ...CLUSTER,
            SHOP,
            group("cores", "c6i.xlarge"),
            group("memory", "r6i.large"),
            workload({ cpu: "1", memory: "12Gi" }),
        ],
        breaks: [
            {
                title: "it asks for the cores of one and the memory of the other",
                set: asking("3", "cpu"),
                at: [["search", AT]],
            },
        ],
        undecided: ["search", `${AT}[0].resources.requests.cpu`],
    },
    {
        title: "a pod on AKS",
        good: [aks("Standard_D2s_v5"), provider(["aks"]), SHOP, workload({ memory: "5Gi" })],
        breaks: [
            {
                title: "the machine has less memory",
                set: ["aks", "agentPoolProfiles[0].vmSize", "Standard_B2ls_v2"],
                at: [["search", AT]],
            },
            {
                title: "what is kept for 250 pods is not left for others",
                set: ["search", `${AT}[0].resources.requests.memory`, "6Gi"],
                at: [["search", AT]],
            },
        ],
        undecided: ["aks", "agentPoolProfiles[0].vmSize"],
    },
    {
        title: "a pod on GKE",
        good: [...gke, SHOP, workload({ cpu: "900m", memory: "2Gi" })],
        breaks: [
            {
                title: "it asks for the whole memory of an e2-medium",
                set: asking("4Gi"),
                at: [["search", AT]],
            },
            {
                title: "it asks for a core, of which the system keeps a part",
                set: asking("1", "cpu"),
                at: [["search", AT]],
            },
        ],
        undecided: ["pool", "nodeConfig"],
    },
];
