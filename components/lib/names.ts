import { createHash } from "node:crypto";

/**
 * What a cloud accepts as the name of one kind of resource.
 *
 * Limits are data, one table per cloud, so that components never do surgery on strings and settings can check a
 * composed name before anything is created.
 */
export interface NameRule {
    /** The kind in the vendor's words, for messages: "EKS cluster". */
    readonly kind: string;
    /** The shortest name allowed. @default 1 */
    readonly min?: number;
    /** The longest name allowed. */
    readonly max: number;
    /** What stands between the parts: "-", or "" where only letters and digits are allowed. @default "-" */
    readonly separator?: "-" | "_" | "";
    /** The vendor's page with the rule. */
    readonly see: string;
}

/** How many hexadecimal digits of a hash keep a shortened name distinct. */
const HASH_LENGTH = 6;

/** The first digits of a hash of the text: short, stable, and no secret. */
export function shortHash(text: string, length = HASH_LENGTH): string {
    return createHash("sha256").update(text).digest("hex").slice(0, length);
}

/**
 * Composes a name that the rule accepts: lower-case letters, digits and the rule's separator.
 *
 * A name that is too long is cut and gets a hash of the whole, so that two long names never become one.
 */
export function compose(rule: NameRule, ...parts: readonly string[]): string {
    const separator = rule.separator ?? "-";
    const whole = parts
        .join("-")
        .toLowerCase()
        .replaceAll(/[^a-z0-9]+/g, "-")
        .replaceAll(/^-|-$/g, "")
        .replaceAll("-", separator);
    if (whole.length <= rule.max) return whole;
    const tail = `${separator}${shortHash(whole)}`;
    return whole.slice(0, rule.max - tail.length).replace(/[-_]+$/, "") + tail;
}
