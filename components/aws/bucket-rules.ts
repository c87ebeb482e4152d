import type { ObjectStoreArgs } from "../contracts/object-store.ts";
import { amount } from "../lib/units.ts";

/**
 * A rule by which S3 moves and deletes objects of its own accord, once a day.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/intro-lifecycle-rules.html
 */
export interface LifecycleRule {
    readonly id: string;
    readonly status: "Enabled";
    /** Which objects it is for: those whose name begins so. Empty: all. */
    readonly filter: { readonly prefix: string };
    readonly abortIncompleteMultipartUpload?: { readonly daysAfterInitiation: number };
    readonly noncurrentVersionExpiration?: { readonly noncurrentDays: number };
    readonly expiration?:
        { readonly days: number } | { readonly expiredObjectDeleteMarker: boolean };
    readonly transitions?: { readonly days: number; readonly storageClass: string }[];
}

/** How long S3 keeps the parts of an upload that never ended: long enough for the slowest one. */
const UPLOAD_DAYS = 7;

const OF_ALL = { status: "Enabled", filter: { prefix: "" } } as const;

/** Throws away what is left over: parts of uploads that never ended, and old versions whose time is over. */
function cleanUp(oldVersionDays: number): LifecycleRule {
    return {
        id: "clean-up",
        ...OF_ALL,
        abortIncompleteMultipartUpload: { daysAfterInitiation: UPLOAD_DAYS },
        noncurrentVersionExpiration: { noncurrentDays: oldVersionDays },
        // The mark of a deleted object goes with its last version.
        expiration: { expiredObjectDeleteMarker: true },
    };
}

function expire(days: number): LifecycleRule {
    return { id: "expire", ...OF_ALL, expiration: { days } };
}

/** The rules of an object store. Small objects stay where they are: the cheaper class bills 128 KiB for each. */
export function storeRules({
    versionRetention,
    coolAfter,
    expireAfter,
}: Pick<
    ObjectStoreArgs,
    "versionRetention" | "coolAfter" | "expireAfter"
>): readonly LifecycleRule[] {
    const rules = [cleanUp(amount(versionRetention))];
    if (coolAfter !== undefined) {
        const transitions = [{ days: amount(coolAfter), storageClass: "STANDARD_IA" }];
        rules.push({ id: "cool", ...OF_ALL, transitions });
    }
    if (expireAfter !== undefined) rules.push(expire(amount(expireAfter)));
    return rules;
}

/** How long a deleted log can be brought back. */
const DELETED_LOG_DAYS = 7;

/** The rules of a bucket for logs. */
export function logRules(days: number): readonly LifecycleRule[] {
    return [cleanUp(DELETED_LOG_DAYS), expire(days)];
}
