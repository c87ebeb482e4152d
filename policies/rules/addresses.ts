import type { Value } from "../runtime/reader.ts";
import { holds, some, type Truth } from "../runtime/truth.ts";

/** Words by which Azure means every address. */
const WORLD_WORDS: readonly string[] = ["*", "any", "internet"];

/**
 * True for a range that means the whole internet.
 *
 * Halves of it count too, because two of them make the whole: 0.0.0.0/1 for IPv4, and for IPv6 2000::/3, which holds all
 * addresses that are in use.
 */
export function isWorldRange(range: string): boolean {
    if (WORLD_WORDS.includes(range.toLowerCase())) return true;
    const [address, prefix, ...rest] = range.trim().split("/");
    if (address === undefined || prefix === undefined || rest.length > 0) return false;
    if (!/^\d{1,3}$/.test(prefix)) return false;
    return Number(prefix) <= (address.includes(":") ? 3 : 1);
}

/** Whether a range, where one stands, is the whole internet. */
export function isWorld(value: Value): Truth {
    return holds(value, value.text(), isWorldRange, false);
}

/** Whether a list of ranges holds the whole internet. */
export function holdsWorld(ranges: Value, empty: Truth = false): Truth {
    return some(ranges, isWorld, empty);
}

/** The number that an IPv4 address stands for, or undefined if it is none. */
export function addressNumber(address: string): number | undefined {
    const parts = address.trim().split(".");
    if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part))) return undefined;
    const numbers = parts.map(Number);
    if (numbers.some((part) => part > 255)) return undefined;
    return numbers.reduce((sum, part) => sum * 256 + part, 0);
}
