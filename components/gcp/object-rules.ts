import type { input } from "@pulumi/gcp/types/index.js";
import type { ObjectStoreArgs } from "../contracts/object-store.ts";
import { amount } from "../lib/units.ts";

type Rule = input.storage.BucketLifecycleRule;

/** How long the parts of an upload that nobody finished are kept. */
const ABANDONED_UPLOAD = 7;

/**
 * What happens to objects with age.
 *
 * Old versions go even where none are kept any more, for those from before are still there. A live object that expires
 * becomes a version first where versions are kept.
 *
 * @see https://docs.cloud.google.com/storage/docs/lifecycle
 */
export function lifecycle(
    args: Pick<ObjectStoreArgs, "versionRetention" | "coolAfter" | "expireAfter">,
): Rule[] {
    const { versionRetention, coolAfter, expireAfter } = args;
    const rules: Rule[] = [
        {
            action: { type: "AbortIncompleteMultipartUpload" },
            condition: { age: ABANDONED_UPLOAD },
        },
        {
            action: { type: "Delete" },
            condition: {
                withState: "ARCHIVED",
                daysSinceNoncurrentTime: amount(versionRetention),
            },
        },
    ];
    if (coolAfter !== undefined) {
        rules.push({
            action: { type: "SetStorageClass", storageClass: "NEARLINE" },
            condition: { age: amount(coolAfter), matchesStorageClasses: ["STANDARD"] },
        });
    }
    if (expireAfter !== undefined) {
        rules.push({
            action: { type: "Delete" },
            condition: { withState: "LIVE", age: amount(expireAfter) },
        });
    }
    return rules;
}

/** Whoever may write objects may delete their versions too. 7 days, the least there is, outlast a mistake. */
export function softDelete(versioning: boolean): input.storage.BucketSoftDeletePolicy {
    return { retentionDurationSeconds: versioning ? 7 * 24 * 60 * 60 : 0 };
}

/** What pages of the given origins may do with signed addresses: read, write, and upload in parts. */
export function cors(origins: readonly string[]): input.storage.BucketCor[] {
    if (origins.length === 0) return [];
    return [
        {
            origins: [...origins],
            methods: ["GET", "HEAD", "PUT", "POST", "DELETE"],
            responseHeaders: [
                "Content-Type",
                "Content-Length",
                "Content-MD5",
                "Content-Range",
                "ETag",
                "Location",
                "x-goog-content-length-range",
                "x-goog-generation",
                "x-goog-resumable",
            ],
            maxAgeSeconds: 3600,
        },
    ];
}
