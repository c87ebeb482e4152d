/** First and last address of a block as numbers; undefined for text that is no IPv4 block without host bits. */
export function bounds(block: string): readonly [number, number] | undefined {
    const match = /^(\d+)\.(\d+)\.(\d+)\.(\d+)\/(\d+)$/.exec(block);
    const [a = 256, b = 256, c = 256, d = 256, prefix = 33] = (match ?? []).slice(1).map(Number);
    if (Math.max(a, b, c, d) > 255 || prefix > 32) return undefined;
    const first = ((a * 256 + b) * 256 + c) * 256 + d;
    const size = 2 ** (32 - prefix);
    return first % size === 0 ? [first, first + size - 1] : undefined;
}

/** True if both are blocks and share an address. */
export function overlap(one: string, other: string): boolean {
    const [left, right] = [bounds(one), bounds(other)];
    return left !== undefined && right !== undefined && left[0] <= right[1] && right[0] <= left[1];
}

/** The n-th address of a block. */
export function addressIn(block: string, index: number): string {
    const address = (bounds(block)?.[0] ?? 0) + index;
    return [24, 16, 8, 0].map((bits) => Math.floor(address / 2 ** bits) % 256).join(".");
}
