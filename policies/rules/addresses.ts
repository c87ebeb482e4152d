import type { Value } from "../runtime/reader.ts";
import { holds, some, type Truth } from "../runtime/truth.ts";

/** Words by which Azure means every address. */
const WORLD_WORDS: readonly string[] = ["*", "any", "internet"];

/** Nobody has a wider range of their own: addresses are given out in blocks of this size and smaller. */
const WIDEST = { ipv4: 8, ipv6: 16 } as const;

/** More IPv4 addresses than anybody has of their own. */
export const MOST_ADDRESSES = 2 ** (32 - WIDEST.ipv4);

/** IPv6 addresses that the internet does not carry: local ones, such as fd00::/8. */
const LOCAL_IPV6 = /^f[c-f]/i;

/** IPv4 in the clothes of IPv6: its prefix counts from the 96th bit. */
const MAPPED_IPV4 = /^::ffff:/i;

/**
 * True for a range that means the whole internet, or so much of it that a few such ranges make the whole.
 *
 * 0.0.0.0/0 can be written as two halves or four quarters, and all of IPv6 that is in use as 2000::/3.
 */
function isWorldRange(range: string): boolean {
    const text = range.trim();
    if (WORLD_WORDS.includes(text.toLowerCase())) return true;
    const [address, prefix, ...rest] = text.split("/");
    if (address === undefined || prefix === undefined || rest.length > 0) return false;
    if (!/^\d{1,3}$/.test(prefix)) return false;
    if (MAPPED_IPV4.test(address)) return Number(prefix) < 96 + WIDEST.ipv4;
    if (address.includes(":")) return Number(prefix) < WIDEST.ipv6 && !LOCAL_IPV6.test(address);
    return Number(prefix) < WIDEST.ipv4;
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
