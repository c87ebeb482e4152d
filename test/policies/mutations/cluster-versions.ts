import type { Mutation } from "./mutation.ts";

export const clusterVersionMutations: readonly Mutation[] = [
    {
        rule: "aws-eks-supported-version",
        title: "the EKS cluster asks for a version that has ended",
        do: [{ type: "aws:eks/cluster:Cluster", set: { version: "1.33" } }],
        at: "version",
    },
    {
        rule: "aws-eks-supported-version",
        title: "the EKS nodes stay behind on a version that ends in eleven days",
        do: [{ type: "aws:eks/nodeGroup:NodeGroup", set: { version: "1.34" } }],
        at: "version",
    },
    {
        rule: "cluster-version-supported",
        title: "the AKS cluster asks for a version that ends this month",
        do: [
            {
                type: "azure-native:containerservice:ManagedCluster",
                set: { kubernetesVersion: "1.34" },
            },
        ],
        at: "kubernetesVersion",
    },
    {
        rule: "cluster-version-supported",
        title: "the GKE cluster asks for a version that has ended",
        do: [{ type: "gcp:container/cluster:Cluster", set: { minMasterVersion: "1.34" } }],
        at: "minMasterVersion",
    },
    {
        rule: "cluster-version-supported",
        title: "a GKE node pool is pinned to a version that has ended",
        do: [{ type: "gcp:container/nodePool:NodePool", set: { version: "1.34.4-gke.1047000" } }],
        at: "version",
    },
];
