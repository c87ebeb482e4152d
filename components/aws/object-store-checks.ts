import type { Range } from "../contracts/cloud.ts";
import type { ObjectStoreArgs } from "../contracts/object-store.ts";
import type { Problem } from "../lib/problem.ts";
import type { Days } from "../lib/units.ts";
import { amount } from "../lib/units.ts";
import { AWS_SERVICE_LIMITS } from "./limits.ts";
import { nameProblems } from "./name-problems.ts";

/** An origin as a browser sends it, with `*` for one part of its name at most. */
const ORIGIN = /^https?:\/\/(?=[^*]*\*?[^*]*$)[a-z0-9*.-]+(?::\d+)?$/;

/** What S3 would refuse. */
export function checkObjectStore(name: string, args: ObjectStoreArgs): readonly Problem[] {
    return [
        ...nameProblems(AWS_SERVICE_LIMITS.names.objectStore, name),
        ...checkPeriods(args),
        ...checkOrigins(args.corsOrigins),
    ];
}

function checkPeriods({
    versionRetention,
    coolAfter,
    expireAfter,
}: ObjectStoreArgs): readonly Problem[] {
    const limits = AWS_SERVICE_LIMITS.objectStore;
    return [
        ...checkPeriod("versionRetention", versionRetention, limits.versionRetention),
        ...checkPeriod("coolAfter", coolAfter, limits.coolAfter),
        ...checkPeriod("expireAfter", expireAfter, limits.expireAfter),
        ...checkOrder(coolAfter, expireAfter),
    ];
}

function checkPeriod(
    path: string,
    period: Days | undefined,
    { min, max }: Range,
): readonly Problem[] {
    if (period === undefined) return [];
    const days = amount(period);
    if (Number.isInteger(days) && days >= min && days <= max) return [];
    const message = `is not a whole number of days from ${min} to ${max}`;
    return [{ path, value: period, message, fix: "Choose such a period" }];
}

function checkOrder(coolAfter: Days | undefined, expireAfter: Days | undefined) {
    if (coolAfter === undefined || expireAfter === undefined) return [];
    if (amount(expireAfter) > amount(coolAfter)) return [];
    const message = `is not later than coolAfter, ${coolAfter}`;
    const fix = "Delete objects later, or leave coolAfter out";
    return [{ path: "expireAfter", value: expireAfter, message, fix }];
}

function checkOrigins(origins: readonly string[]): readonly Problem[] {
    const { corsOrigins: max } = AWS_SERVICE_LIMITS.objectStore;
    const path = "corsOrigins";
    const many =
        origins.length > max
            ? [
                  {
                      path,
                      value: String(origins.length),
                      message: `are more than ${max} origins`,
                      fix: "Name fewer",
                  },
              ]
            : [];
    const wrong = origins
        .filter((origin) => !ORIGIN.test(origin))
        .map((value) => ({
            path,
            value,
            message: "is no origin, such as https://shop.example.com",
            fix: "Write scheme, host and port only, with one * at most",
        }));
    return [...many, ...wrong];
}
