import type { Value } from "../runtime/reader.ts";

/**
 * An amount in a billionth of its unit: of a core, a byte or a pod. Kubernetes keeps no finer parts, and whole numbers of
 * this size add up without error.
 */
export type Quantity = bigint;

/** Billionths in one. */
const ONE = 1_000_000_000n;

const DECIMAL: Readonly<Record<string, number>> = {
    n: -9,
    u: -6,
    m: -3,
    "": 0,
    k: 3,
    M: 6,
    G: 9,
    T: 12,
    P: 15,
    E: 18,
};
const BINARY: readonly string[] = ["Ki", "Mi", "Gi", "Ti", "Pi", "Ei"];

const FORM =
    /^([+-]?)(\d{1,30})?(?:\.(\d{0,30}))?(?:([KMGTPE]i)|([numkMGTPE])|[eE]([+-]?\d{1,2}))?$/;

/**
 * Reads a quantity as the API server does: `500m`, `1.5`, `2Gi`, `1e3`. Undefined if it is none.
 *
 * @see https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
 */
export function quantity(text: string): Quantity | undefined {
    const [, sign, whole = "", part = "", binary, decimal = "", exponent] =
        FORM.exec(text.trim()) ?? [];
    if (sign === undefined || whole + part === "") return undefined;
    const digits = BigInt(whole + part);
    const power = (exponent === undefined ? (DECIMAL[decimal] ?? 0) : Number(exponent)) + 9;
    const factor = binary === undefined ? 1n : 1024n ** BigInt(BINARY.indexOf(binary) + 1);
    const amount = scale(digits * factor, power - part.length);
    return sign === "-" ? -amount : amount;
}

/** Times a power of ten, rounded up where a part is left. */
function scale(amount: bigint, power: number): bigint {
    if (power >= 0) return amount * 10n ** BigInt(power);
    const divisor = 10n ** BigInt(-power);
    return (amount + divisor - 1n) / divisor;
}

/** A whole number as a quantity. */
export function whole(number: number): Quantity {
    return BigInt(Math.round(number)) * ONE;
}

/** A number of mebibytes as a quantity. */
export function mebibytes(number: number): Quantity {
    return BigInt(Math.round(number * 1024 * 1024)) * ONE;
}

/** A number of thousandths, such as millicores, as a quantity. */
export function thousandths(number: number): Quantity {
    return BigInt(Math.round(number)) * 1_000_000n;
}

/** What stands at a place: a quantity, nothing, or something that is not known. Numbers count as they stand. */
export function quantityAt(value: Value): Quantity | "absent" | { readonly unknown: string } {
    if (value.state === "absent") return "absent";
    const text = value.text();
    const number = value.number();
    const read =
        text.state === "known"
            ? quantity(text.value)
            : number.state === "known"
              ? quantity(String(number.value))
              : undefined;
    return read ?? { unknown: value.path };
}

/** The largest binary unit in which an amount of bytes is whole, and else the largest in which it is above one. */
export function bytesText(amount: Quantity): string {
    const bytes = amount / ONE;
    for (let unit = BINARY.length; unit > 0; unit -= 1) {
        const size = 1024n ** BigInt(unit);
        if (bytes >= size && bytes % size === 0n) return `${bytes / size}${BINARY[unit - 1]}`;
    }
    for (let unit = BINARY.length; unit > 0; unit -= 1) {
        const size = 1024n ** BigInt(unit);
        if (bytes >= size * 10n) return `${rounded(bytes, size)}${BINARY[unit - 1]}`;
    }
    return String(bytes);
}

/** With two places, which is enough to see by how much two sums differ. */
function rounded(amount: bigint, unit: bigint): string {
    const hundredths = (amount * 100n) / unit;
    const rest = hundredths % 100n;
    const places = rest === 0n ? "" : `.${String(rest).padStart(2, "0").replace(/0$/, "")}`;
    return `${hundredths / 100n}${places}`;
}

/** Cores as people write them: `2`, `5500m`. */
export function coresText(amount: Quantity): string {
    return amount % ONE === 0n ? String(amount / ONE) : `${rounded(amount, 1_000_000n)}m`;
}

/** A plain number. */
export function countText(amount: Quantity): string {
    return rounded(amount, ONE);
}
