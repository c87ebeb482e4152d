import type { Value } from "../../runtime/reader.ts";
import {
    and,
    failIf,
    holds,
    isOn,
    not,
    or,
    type Truth,
    type Verdict,
} from "../../runtime/truth.ts";
import type { Check, Resource } from "../rule.ts";

export const CLUSTER = "gcp:container/cluster:Cluster";
export const NODE_POOL = "gcp:container/nodePool:NodePool";

/** One pool of nodes: a resource of its own, one written into its cluster, or the cluster's default pool. */
export interface Pool {
    /** Where the pool stands, with its `management` and `networkConfig`. */
    readonly at: Value;
    /** What its nodes are made from. */
    readonly nodes: Value;
    /** True where the pool does not last, or where Google decides in the user's place. */
    readonly exempt: Truth;
}

/** Whether Google runs the nodes. Autopilot leaves no choice in most of what rules ask about nodes. */
export function isAutopilot(inputs: Value): Truth {
    return isOn(inputs.get("enableAutopilot"), false);
}

/** Whether the cluster makes further pools by itself. */
export function isAutoProvisioned(inputs: Value): Truth {
    return isOn(inputs.at("clusterAutoscaling.enabled"), false);
}

/** The pools that a cluster or a node pool describes. */
export function poolsOf({ type, inputs }: Resource): readonly Pool[] {
    if (type === NODE_POOL) return [{ at: inputs, nodes: inputs.get("nodeConfig"), exempt: false }];
    const exempt = isAutopilot(inputs);
    const pools = inlinePools(inputs);
    if (pools.length > 0) {
        return pools.map((at) => ({ at, nodes: at.get("nodeConfig"), exempt }));
    }
    const removed = isOn(inputs.get("removeDefaultNodePool"), false);
    return [{ at: inputs, nodes: inputs.get("nodeConfig"), exempt: or(exempt, removed) }];
}

/** The pools that are written into a cluster; an unknown list is one pool of which nothing is known. */
export function inlinePools(inputs: Value): readonly Value[] {
    const pools = inputs.get("nodePools");
    const list = pools.list();
    if (list.state === "known") return list.value;
    return list.state === "absent" ? [] : [pools];
}

/** A check on each pool that a cluster or a node pool describes. */
export function eachPool(judge: (pool: Pool) => readonly Verdict[]): Check {
    return (resource) => poolsOf(resource).flatMap(judge);
}

/** A finding about a pool, unless it is exempt. */
export function failPoolIf(
    { exempt }: Pool,
    bad: Truth,
    value: Value,
    message: string,
): readonly Verdict[] {
    return failIf(and(not(exempt), bad), value, message);
}

/** Whether a pool's nodes have private addresses only. What says nothing does as its cluster does. */
export function hasPrivateNodes(pool: Value, cluster: Truth): Truth {
    const own = pool.at("networkConfig.enablePrivateNodes");
    return holds(own, own.flag(), (on) => on, cluster);
}
