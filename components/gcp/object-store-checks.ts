import type { ObjectStoreArgs } from "../contracts/object-store.ts";
import type { Problem } from "../lib/problem.ts";
import { amount } from "../lib/units.ts";
import { GCP_SERVICE_LIMITS, RESERVED_FOR_GOOGLE } from "./limits.ts";

const LIMITS = GCP_SERVICE_LIMITS.objectStore;

/** What is wrong with a store's name and arguments. */
export function objectStoreProblems(name: string, args: ObjectStoreArgs): Problem[] {
    return [
        ...nameProblems(name),
        ...(["versionRetention", "coolAfter", "expireAfter"] as const).flatMap((field) =>
            periodProblems(field, args),
        ),
        ...orderProblems(args),
        ...originProblems(args),
    ];
}

function nameProblems(name: string): Problem[] {
    if (!RESERVED_FOR_GOOGLE.test(name)) return [];
    return [
        {
            path: "name",
            value: name,
            message: "is refused by Cloud Storage: no bucket begins with goog or has google in it",
            fix: "Rename the project, the site or the object store",
        },
    ];
}

function periodProblems(
    field: "versionRetention" | "coolAfter" | "expireAfter",
    args: ObjectStoreArgs,
): Problem[] {
    const { min, max } = LIMITS[field];
    const value = args[field];
    if (value === undefined || (amount(value) >= min && amount(value) <= max)) return [];
    return [
        {
            path: field,
            value,
            message: `is outside the ${min} to ${max} days that a lifecycle rule can say`,
            fix: "Choose a period within that",
        },
    ];
}

function orderProblems({ coolAfter, expireAfter }: ObjectStoreArgs): Problem[] {
    if (!coolAfter || !expireAfter || amount(expireAfter) > amount(coolAfter)) return [];
    return [
        {
            path: "expireAfter",
            value: expireAfter,
            message: `is not later than coolAfter, which is ${coolAfter}`,
            fix: "Raise expireAfter, or leave coolAfter out",
        },
    ];
}

function originProblems({ corsOrigins }: ObjectStoreArgs): Problem[] {
    if (corsOrigins.length <= LIMITS.corsOrigins) return [];
    return [
        {
            path: "corsOrigins",
            value: `${corsOrigins.length} origins`,
            message: `are more than the ${LIMITS.corsOrigins} that a store takes`,
            fix: "Remove some",
        },
    ];
}
