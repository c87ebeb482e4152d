import { addressNumber } from "../../addresses.ts";
import type { Value } from "../../../runtime/reader.ts";
import { holds, knownTexts, type Truth } from "../../../runtime/truth.ts";
import { elements } from "../../lists.ts";

/** IPv4 addresses from one to another, both included. */
export interface Range {
    readonly from: number;
    readonly to: number;
}

const BITS = 32;

/** The addresses of `10.0.0.0/16` or `10.0.0.4`; undefined for anything else, such as IPv6 and service tags. */
export function rangeOf(text: string): Range | undefined {
    const [address = "", prefix = String(BITS), ...rest] = text.trim().split("/");
    const number = addressNumber(address);
    const length = Number(prefix);
    if (number === undefined || rest.length > 0 || !/^\d{1,2}$/.test(prefix) || length > BITS) {
        return undefined;
    }
    const size = 2 ** (BITS - length);
    const from = Math.floor(number / size) * size;
    return { from, to: from + size - 1 };
}

/** Where a cluster's nodes and pods have their addresses. */
export interface Home {
    /** Whether the stack has a cluster at all. */
    readonly exists: boolean;
    /** None in another, from the lowest to the highest. */
    readonly ranges: readonly Range[];
    /** IPv6 ranges, which are compared as they are written. */
    readonly texts: ReadonlySet<string>;
    /** Whether some range is not known yet. */
    readonly partial: boolean;
}

/** Collects ranges that stand at values. */
export function homeOf(exists: boolean, values: readonly Value[]): Home {
    const known = knownTexts(values);
    return {
        exists,
        ranges: outermost(known.flatMap((text) => rangeOf(text) ?? [])),
        texts: new Set(known.filter((text) => rangeOf(text) === undefined)),
        partial: values.some((value) => value.text().state === "unknown"),
    };
}

/** The ranges that are in no other. CIDR ranges are in one another or apart, and never overlap. */
function outermost(ranges: readonly Range[]): readonly Range[] {
    const found: Range[] = [];
    for (const range of ranges.toSorted((a, b) => a.from - b.from || b.to - a.to)) {
        const last = found.at(-1);
        if (last === undefined || range.to > last.to) found.push(range);
    }
    return found;
}

/** Whether one of many ranges, in their order, holds another. Halves them, as a stack may have many clusters. */
function holdsRange(ranges: readonly Range[], { from, to }: Range): boolean {
    let low = 0;
    let high = ranges.length;
    while (low < high) {
        const middle = Math.floor((low + high) / 2);
        if (ranges[middle]!.to < from) low = middle + 1;
        else high = middle;
    }
    const candidate = ranges[low];
    return candidate !== undefined && candidate.from <= from && to <= candidate.to;
}

/** Whether the addresses that stand at a value are all of the cluster's. */
export function isAtHome(source: Value, home: Home, unsure: Truth): Truth {
    return holds(
        source,
        source.text(),
        (text) => {
            const range = rangeOf(text);
            const inside =
                range === undefined ? home.texts.has(text) : holdsRange(home.ranges, range);
            return inside || (home.exists && !home.partial ? false : unsure);
        },
        true,
    );
}

/** Ranges and names that the option `also` lets in besides the cluster. */
export function namesIn(also: Value): readonly string[] {
    return knownTexts(elements(also));
}
