import type { NodePoolArgs } from "../contracts/cluster.ts";
import type { Problem } from "../lib/problem.ts";
import { taintsOf } from "./node-pools.ts";
import { NO_SPOT_SIZES } from "./sizes.ts";

/** Refuses pools that AKS would, and pools that nothing could run on. */
export function nodePoolProblems(nodePools: Readonly<Record<string, NodePoolArgs>>): Problem[] {
    const problems = Object.entries(nodePools).flatMap(([key, pool]) => poolProblems(key, pool));
    if (!Object.values(nodePools).some((pool) => taintsOf(pool).length === 0)) {
        problems.push({
            path: "nodePools",
            message: "has no pool without a taint, and AKS taints every spot pool",
            fix: "Add a pool with neither spot nor taints",
        });
    }
    return problems;
}

function poolProblems(key: string, pool: NodePoolArgs): Problem[] {
    const problems: Problem[] = [];
    if (!/^[a-z][a-z0-9]{0,9}$/.test(key) || key === "system") {
        problems.push({
            path: `nodePools.${key}`,
            message:
                "is no name for a pool: AKS wants lower-case letters and digits, and system is taken",
            fix: "Choose 1 to 10 lower-case letters and digits, a letter first",
        });
    }
    if (pool.spot && NO_SPOT_SIZES.includes(pool.size)) {
        problems.push({
            path: `nodePools.${key}.spot`,
            value: "true",
            message: `is not possible with size ${pool.size}: Azure sells no burstable machine as spot`,
            fix: "Choose size medium or larger, or spot: false",
        });
    }
    return problems;
}
