import { AWS_LIMITS } from "../aws/limits.ts";
import { nodeAddresses } from "../aws/subnets.ts";
import { planSubnets as planAzure } from "../azure/addresses.ts";
import { AZURE_LIMITS } from "../azure/limits.ts";
import { NO_SPOT_SIZES } from "../azure/sizes.ts";
import type { CloudLimits, CloudName, Range } from "../contracts/cloud.ts";
import type { NodeSize } from "../contracts/cluster.ts";
import { GCP_LIMITS } from "../gcp/limits.ts";
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
    /** How many nodes find addresses in a network of this block. */
    readonly nodeCapacity: (block: Cidr) => number;
}

/** The prefix lengths of a network's block, where the cloud's limits say nothing stricter. */
export const BLOCK_PREFIX: Range = { min: 12, max: 20 };

/**
 * Addresses that a node with 110 pods takes on AWS: eight prefixes of 16, of which one is kept warm, and the
 * addresses of the interfaces that hold them.
 */
const AWS_NODE_ADDRESSES = 132;

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
    nodeCapacity: (block) => Math.floor(nodeAddresses(block) / AWS_NODE_ADDRESSES),
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
    logRetention: { min: 30, max: 730 },
    apiCidrs: 200,
    noSpot: NO_SPOT_SIZES,
    // A node takes one address; without zones all nodes share one zone's subnet, of which Azure keeps five addresses.
    nodeCapacity: (block) => sizeOf(planAzure(block).nodes["1"]) - 5,
};

/** @see https://docs.cloud.google.com/sql/docs/postgres/private-ip */
const GCP: CloudFacts = {
    title: "Google Cloud",
    account: "project",
    reserved: [{ block: "172.17.0.0/16", why: "Cloud SQL keeps it for itself" }],
    logRetention: { min: 1, max: 3650 },
    apiCidrs: 100,
    noSpot: [],
    nodeCapacity: (block) => nodeCapacity(rangesOf(block)),
};

export const FACTS: Readonly<Record<CloudName, CloudFacts>> = { aws: AWS, azure: AZURE, gcp: GCP };

/** What each cloud refuses. */
export const LIMITS: Readonly<Record<CloudName, CloudLimits>> = {
    aws: AWS_LIMITS,
    azure: AZURE_LIMITS,
    gcp: GCP_LIMITS,
};
