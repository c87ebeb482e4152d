import type { NodePoolArgs } from "../../contracts/cluster.ts";
import { NODE_CAPACITY } from "../../contracts/cluster.ts";
import type { PodSize } from "../../contracts/queue.ts";
import type { Problem } from "../../lib/problem.ts";
import { gibibytes, millicores } from "../../lib/quantities.ts";
import type { Days, Gibibytes } from "../../lib/units.ts";
import { amount } from "../../lib/units.ts";

/** What is wrong with a number of members that vote: only an odd number from 3 survives the loss of one. */
export function quorumProblems(path: string, members: number): Problem[] {
    if (members === 1 || (members >= 3 && members % 2 === 1)) return [];
    return [
        {
            path,
            value: String(members),
            message: "is no number of members that can outvote a lost one",
            fix: "Set it to 1, or to 3, 5 or 7",
        },
    ];
}

/** What is wrong with a pod's size as it is written. */
export function sizeProblems(path: string, { cpu, memory }: PodSize, least: number): Problem[] {
    const problems: Problem[] = [];
    if (millicores(cpu) === undefined) {
        problems.push({
            path: `${path}.cpu`,
            value: cpu,
            message: "is not an amount of CPU",
            fix: "Write millicores such as 500m, or cores such as 2",
        });
    }
    const size = gibibytes(memory);
    if (size === undefined || size < least) {
        problems.push({
            path: `${path}.memory`,
            value: memory,
            message: `is not an amount of memory of at least ${least}Gi, below which it does not run`,
            fix: `Write it with Mi or Gi, ${least}Gi or more`,
        });
    }
    return problems;
}

/** What is wrong with the size of a volume. */
export function volumeProblems(path: string, storage: Gibibytes, least: number): Problem[] {
    const size = amount(storage);
    if (Number.isInteger(size) && size >= least) return [];
    return [
        {
            path,
            value: storage,
            message: `is not a whole number of gibibytes from ${least}`,
            fix: `Set it to "${least} GiB" or more`,
        },
    ];
}

/** Shares of a node's memory that the strictest of the clouds keeps for itself, by GiB, from the first on. */
const KEPT = [
    { upTo: 4, share: 0.25 },
    { upTo: 8, share: 0.2 },
    { upTo: 16, share: 0.1 },
    { upTo: Infinity, share: 0.06 },
];

/** GiB for the kubelet's threshold and for the pods that every node runs. */
const NODE_AGENTS = 0.4;

/** Millicores for the system and for the pods that every node runs. */
const NODE_AGENTS_CPU = 300;

/**
 * What a node of that memory leaves for pods, in GiB, on the cloud that keeps most: Google's formula.
 *
 * @see https://docs.cloud.google.com/kubernetes-engine/docs/concepts/plan-node-sizes
 */
export function memoryForPods(memory: number): number {
    let below = 0;
    let kept = NODE_AGENTS;
    for (const { upTo, share } of KEPT) {
        kept += Math.max(0, Math.min(memory, upTo) - below) * share;
        below = upTo;
    }
    return memory - kept;
}

/**
 * What is wrong with where a pod could run: it has to fit on a node of some pool without taints, or it waits for ever
 * (G12.8).
 */
export function fitProblems(
    path: string,
    { cpu, memory }: PodSize,
    pools: Readonly<Record<string, NodePoolArgs>>,
): Problem[] {
    const needed = { cpu: millicores(cpu) ?? 0, memory: gibibytes(memory) ?? 0 };
    const open = Object.values(pools).filter(({ taints, max }) => taints.length === 0 && max > 0);
    const fits = open.some(({ size }) => {
        const node = NODE_CAPACITY[size];
        return (
            memoryForPods(node.memory) >= needed.memory &&
            node.cpu * 1000 - NODE_AGENTS_CPU >= needed.cpu
        );
    });
    if (fits) return [];
    return [
        {
            path,
            value: `${cpu} CPU and ${memory}`,
            message: "fits on no node of a pool without taints, beside what the system keeps",
            fix: "Lower it, or add a pool of larger nodes",
        },
    ];
}

/** What is wrong with the names of a service's users: a platform user cannot be an application's too. */
export function userProblems(path: string, applications: readonly string[]): Problem[] {
    return applications
        .filter((application) => application.startsWith("platform-"))
        .map((application) => ({
            path,
            value: application,
            message: "begins like the platform's own users",
            fix: "Rename the application",
        }));
}

/**
 * The most days that daily snapshots are kept. Elasticsearch writes the list of all of them anew with each, and Azure keeps
 * 500 of a disk that build on each other.
 */
const LONGEST = 365;

/** What is wrong with how long daily snapshots are kept. `otherwise` is what could be written instead of days. */
export function snapshotProblems(path: string, retention: Days, otherwise = ""): Problem[] {
    const days = amount(retention);
    if (Number.isInteger(days) && days >= 1 && days <= LONGEST) return [];
    return [
        {
            path,
            value: retention,
            message: `is not a period that daily snapshots are kept for: 1 to ${LONGEST} days`,
            fix: `Write ${LONGEST} days or less${otherwise}`,
        },
    ];
}
