import type { Value } from "../../../runtime/reader.ts";
import type { StackResource } from "../../../runtime/stack.ts";
import { failIf } from "../../../runtime/truth.ts";
import { on, type StackVerdict } from "../../rule.ts";
import type { Amount } from "../../scale.ts";

/** Nodes that take addresses of one range. */
export interface Demand {
    /** Where a finding is placed. */
    readonly resource: StackResource;
    readonly at: Value;
    readonly nodes: Amount;
    readonly surge: Amount;
    /** How many addresses each node takes. */
    readonly each: Amount;
}

/** Holds what nodes take against what there is. The finding stands at the largest of them. */
export function holdAgainst(
    demands: readonly Demand[],
    capacity: number | undefined,
    noun: { readonly taken: string; readonly there: string },
): readonly StackVerdict[] {
    const sized = demands.map((demand) => ({ demand, ...countOf(demand) }));
    const [largest] = [...sized].sort((one, other) => other.known - one.known);
    if (largest === undefined) return [];
    const { resource, at } = largest.demand;
    const total = sized.reduce((sum, { known }) => sum + known, 0);
    if (capacity !== undefined && total > capacity) {
        const terms = sized.filter(({ known }) => known > 0).map(({ words }) => words);
        const message = `${terms.join(", ")} are ${total} ${noun.taken}; ${noun.there} ${capacity}`;
        return on(resource, failIf(true, at, message));
    }
    const unknown = capacity === undefined ? at.path : sized.find((one) => one.unknown)?.unknown;
    return on(resource, failIf(unknown === undefined ? false : { unknown }, at, ""));
}

function countOf({ nodes, surge, each }: Demand) {
    const unknown = [nodes, surge, each].find((amount) => typeof amount === "object")?.unknown;
    const more = typeof surge === "object" ? 0 : surge;
    if (typeof nodes === "object" || typeof each === "object") {
        return { known: 0, unknown, words: "" };
    }
    const added = more === 0 ? "" : ` and ${more} surge`;
    return {
        known: (nodes + more) * each,
        unknown,
        words: `${nodes} ${nodes === 1 ? "node" : "nodes"} of ${each}${added}`,
    };
}

/** Demands on the same ranges, by the ranges' URNs. */
export function byRange<T extends { readonly ranges: readonly StackResource[] }>(
    items: readonly T[],
): readonly (readonly T[])[] {
    const found = new Map<string, T[]>();
    for (const item of items) {
        const key = item.ranges
            .map(({ urn }) => urn)
            .sort()
            .join(" ");
        const list = found.get(key);
        if (list === undefined) found.set(key, [item]);
        else list.push(item);
    }
    return [...found.values()];
}
