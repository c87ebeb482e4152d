import type { CacheSize } from "../contracts/cache.ts";
import type { NodeSize } from "../contracts/cluster.ts";
import type { DatabaseSize } from "../contracts/database.ts";

/** What a node size is on EC2. */
export interface Machine {
    /** The type for on-demand pools, one that every supported region has. */
    readonly onDemand: string;
    /**
     * Types of the same shape for spot pools: the more pools of spare capacity to draw from, the rarer the
     * interruptions.
     *
     * @see https://docs.aws.amazon.com/eks/latest/userguide/managed-node-groups.html#managed-node-group-capacity-types
     */
    readonly spot: readonly string[];
    /**
     * How many pods the kubelet takes, which prefix delegation makes possible: without it a t3.medium holds 17 (G1.24).
     *
     * AWS recommends 110 below 30 vCPU. A small node gets fewer, because the kubelet reserves 11 MiB of its 4 GiB for
     * each pod that it could run.
     */
    readonly maxPods: number;
}

/** EC2 instance types by node size. */
export const MACHINES: Readonly<Record<NodeSize, Machine>> = {
    small: { onDemand: "t3.medium", spot: ["t3.medium", "t3a.medium"], maxPods: 58 },
    medium: {
        onDemand: "m6i.large",
        spot: ["m6i.large", "m5.large", "m6a.large", "m7i.large", "m5a.large"],
        maxPods: 110,
    },
    large: {
        onDemand: "m6i.xlarge",
        spot: ["m6i.xlarge", "m5.xlarge", "m6a.xlarge", "m7i.xlarge", "m5a.xlarge"],
        maxPods: 110,
    },
    xlarge: {
        onDemand: "m6i.2xlarge",
        spot: ["m6i.2xlarge", "m5.2xlarge", "m6a.2xlarge", "m7i.2xlarge", "m5a.2xlarge"],
        maxPods: 110,
    },
    "2xlarge": {
        onDemand: "m6i.4xlarge",
        spot: ["m6i.4xlarge", "m5.4xlarge", "m6a.4xlarge", "m7i.4xlarge", "m5a.4xlarge"],
        maxPods: 110,
    },
};

/**
 * Regions that have every type of the spot lists. Others lack some, Calgary the t3a and the m7i, and EKS refuses a pool
 * for a single type that its region lacks.
 *
 * @see https://docs.aws.amazon.com/ec2/latest/instancetypes/ec2-instance-regions.html
 */
const REGIONS_WITH_ALL: readonly string[] = [
    "ap-northeast-1",
    "ap-south-1",
    "ap-southeast-1",
    "ap-southeast-2",
    "eu-central-1",
    "eu-west-1",
    "us-east-1",
    "us-east-2",
    "us-west-2",
];

/** The instance types that a pool draws from. */
export function instanceTypes(size: NodeSize, spot: boolean, region: string): string[] {
    const machine = MACHINES[size];
    return spot && REGIONS_WITH_ALL.includes(region) ? [...machine.spot] : [machine.onDemand];
}

/** RDS instance classes by database size, all on Graviton. */
export const DATABASE_CLASSES: Readonly<Record<DatabaseSize, string>> = {
    micro: "db.t4g.micro",
    small: "db.t4g.medium",
    medium: "db.m6g.large",
    large: "db.m6g.xlarge",
    xlarge: "db.m6g.2xlarge",
};

/**
 * ElastiCache node types by cache size, all on Graviton, with 1.4, 6.4 and 12.9 GiB. A quarter of it is kept free for
 * replicas and snapshots.
 *
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/ParameterGroups.Engine.html#ParameterGroups.Redis.NodeSpecific
 */
export const CACHE_CLASSES: Readonly<Record<CacheSize, string>> = {
    small: "cache.t4g.small",
    medium: "cache.m7g.large",
    large: "cache.m7g.xlarge",
};

/** The addresses in a prefix that the VPC CNI takes for a node: a /28. */
const PREFIX = 16;

/**
 * How many addresses a node may take: whole prefixes for its pods, one prefix kept warm, and one for the addresses of
 * its network interfaces.
 *
 * @see https://docs.aws.amazon.com/eks/latest/best-practices/prefix-mode-linux.html
 */
export function addressesPerNode(size: NodeSize): number {
    return (Math.ceil(MACHINES[size].maxPods / PREFIX) + 2) * PREFIX;
}
