import { AWS_LIMITS, AWS_SERVICE_LIMITS } from "../aws/limits.ts";
import { addressesPerNode } from "../aws/sizes.ts";
import { nodeAddresses } from "../aws/subnets.ts";
import { planSubnets as planAzure } from "../azure/addresses.ts";
import { AZURE_LIMITS, AZURE_SERVICE_LIMITS } from "../azure/limits.ts";
import { NO_SPOT_SIZES } from "../azure/sizes.ts";
import type { CloudLimits, CloudName, Range } from "../contracts/cloud.ts";
import type { ServiceLimits } from "../contracts/services.ts";
import type { NodeSize } from "../contracts/cluster.ts";
import { GCP_LIMITS, GCP_SERVICE_LIMITS } from "../gcp/limits.ts";
import { nodeCapacity, rangesOf } from "../gcp/ranges.ts";
import type { Cidr } from "../lib/cidr.ts";
import { sizeOf } from "../lib/cidr.ts";

/** What the settings have to know about a cloud beyond its limits. */
export interface CloudFacts {
    /** The name in messages. */
    readonly title: string;
    /** The cloud's own word for where a site is billed, which is the key in a site's settings. */
    readonly account: "account" | "subscription" | "project";
    /** Blocks that a site's network must keep clear of, each with the reason. */
    readonly reserved: readonly { readonly block: Cidr; readonly why: string }[];
    /** The periods for which logs can be kept, in days. */
    readonly logRetention: Range;
    /** How many blocks may be let in to the API. */
    readonly apiCidrs: number;
    /** Node sizes that the cloud does not sell as spare capacity. */
    readonly noSpot: readonly NodeSize[];
    /** True if the cloud itself taints the nodes of spot pools. */
    readonly taintsSpot: boolean;
    /** Names of node pools that the cloud's own component uses. */
    readonly takenPools: readonly string[];
    /** Whether all nodes of a cluster find addresses in a network of this block. */
    readonly room: {
        /** What is counted. */
        readonly unit: string;
        /** How many a node takes. */
        readonly perNode: (size: NodeSize) => number;
        readonly of: (block: Cidr) => number;
    };
}

/** True if the number lies in the range. */
export function isWithin(number: number, { min, max }: Range): boolean {
    return number >= min && number <= max;
}

/** The nearest number of the range. */
export function nearestWithin(number: number, { min, max }: Range): number {
    return Math.min(Math.max(number, min), max);
}

/** The prefix lengths of a network's block, where the cloud's limits say nothing stricter. */
export const BLOCK_PREFIX: Range = { min: 12, max: 20 };

const DOCKER: CloudFacts["reserved"][number] = {
    block: "172.17.0.0/16",
    why: "containers on a node reach it as Docker's bridge",
};

/** @see https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html */
const AWS: CloudFacts = {
    title: "AWS",
    account: "account",
    reserved: [DOCKER],
    // CloudWatch's longest retention; periods that it does not have are rounded up.
    logRetention: { min: 1, max: 3653 },
    apiCidrs: 40,
    noSpot: [],
    taintsSpot: false,
    takenPools: [],
    // Pods take their addresses from the network too.
    room: { unit: "addresses", perNode: addressesPerNode, of: nodeAddresses },
};

/** @see https://learn.microsoft.com/azure/aks/configure-azure-cni */
const AZURE: CloudFacts = {
    title: "Azure",
    account: "subscription",
    reserved: [
        DOCKER,
        { block: "172.30.0.0/16", why: "AKS keeps it for itself" },
        { block: "172.31.0.0/16", why: "AKS keeps it for itself" },
    ],
    // A workspace keeps logs for longer, a flow log does not.
    logRetention: { min: 30, max: 365 },
    apiCidrs: 200,
    noSpot: NO_SPOT_SIZES,
    // https://learn.microsoft.com/azure/aks/spot-node-pool
    taintsSpot: true,
    takenPools: ["system"],
    // Without zones all nodes share one zone's subnet, of which Azure keeps five addresses.
    room: {
        unit: "nodes",
        perNode: () => 1,
        of: (block) => sizeOf(planAzure(block).nodes["1"]) - 5,
    },
};

/** @see https://docs.cloud.google.com/sql/docs/postgres/private-ip */
const GCP: CloudFacts = {
    title: "Google Cloud",
    account: "project",
    reserved: [{ block: "172.17.0.0/16", why: "Cloud SQL keeps it for itself" }],
    logRetention: { min: 1, max: 3650 },
    apiCidrs: 100,
    noSpot: [],
    taintsSpot: false,
    takenPools: [],
    room: { unit: "nodes", perNode: () => 1, of: (block) => nodeCapacity(rangesOf(block)) },
};

export const FACTS: Readonly<Record<CloudName, CloudFacts>> = { aws: AWS, azure: AZURE, gcp: GCP };

/** What each cloud refuses. */
export const LIMITS: Readonly<Record<CloudName, CloudLimits>> = {
    aws: AWS_LIMITS,
    azure: AZURE_LIMITS,
    gcp: GCP_LIMITS,
};

/** What each cloud refuses of its data services and of the way in. */
export const SERVICE_LIMITS: Readonly<Record<CloudName, ServiceLimits>> = {
    aws: AWS_SERVICE_LIMITS,
    azure: AZURE_SERVICE_LIMITS,
    gcp: GCP_SERVICE_LIMITS,
};
