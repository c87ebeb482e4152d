import { Address4 } from "ip-address";

/** An IPv4 block in CIDR notation whose host bits are zero, such as `10.0.0.0/16`. */
export type Cidr = `${string}/${number}`;

/** The block that an address with a prefix length lies in: `10.0.0.0/16` for `10.0.3.7/16`; undefined if it is no IPv4. */
export function networkOf(text: string): Cidr | undefined {
    // The library reads more forms than the clouds do: without a prefix, with leading zeros, in octal.
    const number = "(?:0|[1-9]\\d{0,2})";
    const form = new RegExp(`^${number}(?:\\.${number}){3}/${number}$`);
    if (!form.test(text) || !Address4.isValid(text)) return undefined;
    const block = new Address4(text);
    return `${block.startAddress().correctForm()}/${block.subnetMask}`;
}

/** True if the text is an IPv4 block with its prefix length and no host bits set. */
export function isCidr(text: string): text is Cidr {
    return networkOf(text) === text;
}

/** The prefix length of a block: 16 for `10.0.0.0/16`. */
export function prefixOf(block: Cidr): number {
    return new Address4(block).subnetMask;
}

/** How many addresses a block holds, reserved ones included. */
export function sizeOf(block: Cidr): number {
    return 2 ** (32 - prefixOf(block));
}

/** First and last address of a block as numbers. Numbers are exact: an IPv4 address needs 32 of their 53 bits. */
function bounds(block: Cidr): [first: number, last: number] {
    const first = Number(new Address4(block).startAddress().bigInt());
    return [first, first + sizeOf(block) - 1];
}

/** True if the blocks share at least one address. */
export function overlaps(a: Cidr, b: Cidr): boolean {
    const [firstA, lastA] = bounds(a);
    const [firstB, lastB] = bounds(b);
    return firstA <= lastB && firstB <= lastA;
}

/** True if every address of `inner` lies in `outer`. */
export function contains(outer: Cidr, inner: Cidr): boolean {
    const [firstOuter, lastOuter] = bounds(outer);
    const [firstInner, lastInner] = bounds(inner);
    return firstOuter <= firstInner && lastInner <= lastOuter;
}

/** The `index`-th address of a block: 0 is the network address. */
export function hostIn(block: Cidr, index: number): string {
    if (!Number.isInteger(index) || index < 0 || index >= sizeOf(block)) {
        throw new RangeError(`${block} has no address number ${index}`);
    }
    return Address4.fromBigInt(BigInt(bounds(block)[0] + index)).correctForm();
}

/**
 * The `index`-th block of the given prefix length inside `block`.
 *
 * @example subnet("10.20.0.0/16", 20, 2) === "10.20.32.0/20"
 */
export function subnet(block: Cidr, prefix: number, index: number): Cidr {
    const own = prefixOf(block);
    const count =
        Number.isInteger(prefix) && prefix >= own && prefix <= 32 ? 2 ** (prefix - own) : 0;
    if (!Number.isInteger(index) || index < 0 || index >= count) {
        throw new RangeError(`${block} has no /${prefix} block number ${index}`);
    }
    const first = bounds(block)[0] + index * 2 ** (32 - prefix);
    return `${Address4.fromBigInt(BigInt(first)).correctForm()}/${prefix}`;
}
