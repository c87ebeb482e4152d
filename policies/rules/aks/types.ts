/** The resources by which a program makes a cluster of AKS and its node pools. */
export const CLUSTER = "azure-native:containerservice:ManagedCluster";
export const POOL = "azure-native:containerservice:AgentPool";
