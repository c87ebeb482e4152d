import type { Stack } from "../../../runtime/stack.ts";
import { CLUSTERS, placesOf, RELEASE } from "../../places.ts";
import { chartOf } from "../../releases/charts.ts";
import { AGENT_POOL, aksPools } from "./aks.ts";
import { EKS_TYPES, eksPools } from "./eks.ts";
import { gkePools, NODE_POOL } from "./gke.ts";
import type { NodePools } from "./pool.ts";

export type { NodePools, Pool } from "./pool.ts";

/** Everything that says what nodes there are. */
export const POOL_TYPES: readonly string[] = [
    ...Object.values(CLUSTERS),
    ...EKS_TYPES,
    AGENT_POOL,
    NODE_POOL,
];

/** Charts of what makes nodes, whose own objects may come from elsewhere. */
const MAKERS = ["karpenter"];

/** What makes nodes as pods ask for them. */
export const NODE_MAKERS: readonly string[] = [
    RELEASE,
    "kubernetes:karpenter.sh:NodePool",
    "kubernetes:karpenter.sh:Provisioner",
    "kubernetes:karpenter.azure.com:AKSNodeClass",
    "kubernetes:cloud.google.com:ComputeClass",
];

/** The URNs of the clusters in which something does. */
export function grownClusters(stack: Stack): ReadonlySet<string> {
    const places = placesOf(stack);
    const makers = stack
        .all(...NODE_MAKERS)
        .filter(({ type, given }) => type !== RELEASE || chartOf(given, MAKERS) === true);
    return new Set(makers.map((maker) => places.cluster(maker)));
}

const known = new WeakMap<Stack, ReadonlyMap<string, NodePools>>();

/** The pools of every cluster of a stack, by the cluster's URN. Found once for all rules. */
export function poolsOf(stack: Stack): ReadonlyMap<string, NodePools> {
    let pools = known.get(stack);
    if (pools === undefined) {
        const all = [...eksPools(stack), ...aksPools(stack), ...gkePools(stack)];
        pools = new Map(all.map((one) => [one.cluster.urn, one]));
        known.set(stack, pools);
    }
    return pools;
}
