import type { Problem } from "../lib/problem.ts";
import type { Days } from "../lib/units.ts";
import { amount } from "../lib/units.ts";

/**
 * The retentions that CloudWatch Logs knows, in days.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html
 */
export const LOG_RETENTIONS = [
    1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922,
    3288, 3653,
] as const;

/** The longest of them. */
const LONGEST = 3653;

/** The shortest retention that CloudWatch Logs has and that keeps logs as long as asked: 45 days become 60. */
export function logDays(retention: Days): number {
    return LOG_RETENTIONS.find((days) => days >= amount(retention)) ?? LONGEST;
}

/** Refuses a retention that CloudWatch Logs cannot keep. */
export function checkLogRetention(retention: Days): readonly Problem[] {
    const days = amount(retention);
    if (Number.isInteger(days) && days >= 1 && days <= LONGEST) return [];
    return [
        {
            path: "logRetention",
            value: retention,
            message: `is not between 1 and ${LONGEST} days, which CloudWatch Logs keeps at most`,
            fix: "Choose a period within that",
        },
    ];
}
