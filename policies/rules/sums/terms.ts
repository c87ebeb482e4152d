import type { Quantity } from "../quantities.ts";

/** A part of a sum: so many times the same amount. */
export interface Term {
    readonly replicas: number;
    readonly surge: number;
    readonly each: Quantity;
}

/** More terms than these make a sum that nobody reads. */
const MOST_TERMS = 4;

export function sizeOf({ replicas, surge, each }: Term): Quantity {
    return BigInt(replicas + surge) * each;
}

/** What terms come to. */
export function sumOf(terms: readonly Term[]): Quantity {
    return terms.reduce((sum, term) => sum + sizeOf(term), 0n);
}

/** The largest terms in words: `10 replicas of 500m and 1 surge, 3 replicas of 2, and 2 smaller ones`. */
export function inWords(
    terms: readonly Term[],
    text: ((amount: Quantity) => string) | undefined,
): string {
    const sorted = terms
        .filter((term) => sizeOf(term) > 0n)
        .sort((one, other) => Number(sizeOf(other) - sizeOf(one)));
    const words = sorted.slice(0, MOST_TERMS).map(({ replicas, surge, each }) => {
        const of = text === undefined ? "" : ` of ${text(each)}`;
        const more = surge === 0 ? "" : ` and ${surge} surge`;
        return `${replicas} ${replicas === 1 ? "replica" : "replicas"}${of}${more}`;
    });
    const rest = sorted.length - words.length;
    return [...words, ...(rest > 0 ? [`and ${rest} smaller ones`] : [])].join(", ");
}
