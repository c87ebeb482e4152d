/**
 * The chains of creations that nothing can shorten, by type: network → control plane → nodes → workload, and
 * network → database → the workload that gets its credentials.
 *
 * Written down from what the clouds demand, not read from the program: what the program makes wait beyond that shows as
 * a ratio above 1.
 */
const WORKLOAD = [
    "kubernetes:helm.sh/v3:Release",
    "kubernetes:external-secrets.io/v1:ExternalSecret",
    "kubernetes:apps/v1:Deployment",
] as const;
const CREDENTIALS = [
    "kubernetes:external-secrets.io/v1:ExternalSecret",
    "kubernetes:apps/v1:Deployment",
] as const;

export const CHAINS: Readonly<Record<string, readonly string[]>> = {
    "aws: network, control plane, nodes, workload": [
        "aws:ec2/vpc:Vpc",
        "aws:ec2/subnet:Subnet",
        "aws:eks/cluster:Cluster",
        // The cluster comes bare: without the CNI no node gets ready, without CoreDNS no pod finds anything.
        "aws:eks/addon:Addon",
        "aws:eks/nodeGroup:NodeGroup",
        "aws:eks/addon:Addon",
        ...WORKLOAD,
    ],
    "aws: network, database, workload": [
        "aws:ec2/vpc:Vpc",
        "aws:ec2/subnet:Subnet",
        "aws:rds/subnetGroup:SubnetGroup",
        "aws:rds/instance:Instance",
        "aws:secretsmanager/secretVersion:SecretVersion",
        ...CREDENTIALS,
    ],
    "azure: network, control plane, nodes, workload": [
        "azure-native:resources:ResourceGroup",
        "azure-native:network:VirtualNetwork",
        "azure-native:network:Subnet",
        "azure-native:containerservice:ManagedCluster",
        "azure-native:containerservice:AgentPool",
        ...WORKLOAD,
    ],
    "azure: network, database, workload": [
        "azure-native:resources:ResourceGroup",
        "azure-native:network:VirtualNetwork",
        "azure-native:network:Subnet",
        "azure-native:dbforpostgresql:Server",
        "azure-native:keyvault:Secret",
        ...CREDENTIALS,
    ],
    "gcp: network, control plane, nodes, workload": [
        "gcp:projects/service:Service",
        "gcp:compute/network:Network",
        "gcp:compute/subnetwork:Subnetwork",
        "gcp:container/cluster:Cluster",
        "gcp:container/nodePool:NodePool",
        ...WORKLOAD,
    ],
    "gcp: network, database, workload": [
        "gcp:projects/service:Service",
        "gcp:compute/network:Network",
        "gcp:compute/globalAddress:GlobalAddress",
        "gcp:servicenetworking/connection:Connection",
        "gcp:sql/databaseInstance:DatabaseInstance",
        "gcp:sql/user:User",
        "gcp:secretmanager/secretVersion:SecretVersion",
        ...CREDENTIALS,
    ],
};

/** How long creations of a type take, in seconds; undefined if none was made. */
export type SecondsOf = (type: string) => number | undefined;

/** The longest chain and its seconds. Refuses a chain with a type that was never created: it would count as nothing. */
export function longestChain(secondsOf: SecondsOf): { name: string; seconds: number } {
    const sums = Object.entries(CHAINS).map(([name, types]) => {
        const seconds = types.map((type) => {
            const known = secondsOf(type);
            if (known === undefined) {
                throw new Error(`No ${type} was created, so "${name}" has no length.`);
            }
            return known;
        });
        return { name, seconds: seconds.reduce((sum, one) => sum + one, 0) };
    });
    return sums.reduce((longest, one) => (one.seconds > longest.seconds ? one : longest));
}
