import type { ObjectStoreArgs } from "../contracts/object-store.ts";
import type { Problem } from "../lib/problem.ts";
import { amount, type Days } from "../lib/units.ts";
import { AZURE_SERVICE_LIMITS } from "./limits.ts";

const LIMITS = AZURE_SERVICE_LIMITS.objectStore;

/** Refuses what Blob Storage would, or would do otherwise than the contract says. */
export function objectStoreProblems(args: ObjectStoreArgs): Problem[] {
    const { versionRetention, coolAfter, expireAfter, corsOrigins } = args;
    const problems = [
        outside("versionRetention", versionRetention),
        coolAfter && outside("coolAfter", coolAfter),
        expireAfter && outside("expireAfter", expireAfter),
    ].filter((problem) => problem !== undefined);
    if (coolAfter && expireAfter && amount(expireAfter) <= amount(coolAfter)) {
        problems.push({
            path: "expireAfter",
            value: expireAfter,
            message: `is not later than coolAfter (${coolAfter})`,
            fix: "Delete objects later, or leave coolAfter out",
        });
    }
    if (corsOrigins.length > LIMITS.corsOrigins) {
        problems.push({
            path: "corsOrigins",
            value: `${corsOrigins.length} origins`,
            message: `is more than the ${LIMITS.corsOrigins} that Azure takes`,
            fix: "Serve the pages from fewer origins",
        });
    }
    return problems;
}

function outside(
    field: "versionRetention" | "coolAfter" | "expireAfter",
    period: Days,
): Problem | undefined {
    const { min, max } = LIMITS[field];
    const days = amount(period);
    if (Number.isInteger(days) && days >= min && days <= max) return undefined;
    return {
        path: field,
        value: period,
        message: `is not between ${min} and ${max} days`,
        fix: "Choose a period within that",
    };
}

/** How long what was deleted can be brought back. */
export function softDelete({ versioning, versionRetention }: ObjectStoreArgs) {
    return versioning ? { enabled: true, days: amount(versionRetention) } : { enabled: false };
}

/** Lets pages of the given origins use signed addresses; no rule means that none may. */
export function corsRules(origins: readonly string[]) {
    if (origins.length === 0) return [];
    return [
        {
            allowedOrigins: [...origins],
            allowedMethods: ["GET", "HEAD", "PUT", "DELETE", "OPTIONS"],
            allowedHeaders: ["*"],
            exposedHeaders: ["*"],
            maxAgeInSeconds: 3600,
        },
    ];
}

const BLOCK_BLOBS = ["blockBlob"];
const ALL_BLOBS = ["blockBlob", "appendBlob"];

/**
 * The rules by which blobs move and go. Azure drops what a broken upload left behind by itself, after a week.
 *
 * Old versions go even where none are kept any more, for those from before are still there and paid for.
 *
 * @see https://learn.microsoft.com/azure/storage/blobs/lifecycle-management-policy-structure
 */
export function lifecycleRules(args: ObjectStoreArgs) {
    const { versionRetention, coolAfter, expireAfter } = args;
    const after = (period: Days) => ({ daysAfterCreationGreaterThan: amount(period) });
    return [
        ...(coolAfter
            ? [rule("cool", BLOCK_BLOBS, { baseBlob: { tierToCool: after(coolAfter) } })]
            : []),
        ...(expireAfter
            ? [rule("expire", ALL_BLOBS, { baseBlob: { delete: after(expireAfter) } })]
            : []),
        rule("versions", ALL_BLOBS, { version: { delete: after(versionRetention) } }),
    ];
}

function rule<Actions>(name: string, blobTypes: readonly string[], actions: Actions) {
    const definition = { actions, filters: { blobTypes: [...blobTypes] } };
    return { name, enabled: true, type: "Lifecycle", definition };
}
