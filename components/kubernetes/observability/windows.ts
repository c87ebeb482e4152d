/**
 * How fast an error budget may burn before somebody is told, over a long window that says it matters and a short one
 * that says it still goes on.
 *
 * At 14.4 times the allowed rate, two per cent of thirty days' budget is gone in an hour; at 6 times, five per cent in six
 * hours; at 1, ten per cent in three days (G8.3).
 *
 * @see https://sre.google/workbook/alerting-on-slos/
 */
export const BURNS = [
    { factor: 14.4, long: "1h", short: "5m", for: "2m", severity: "critical" },
    { factor: 6, long: "6h", short: "30m", for: "15m", severity: "critical" },
    { factor: 1, long: "3d", short: "6h", for: "1h", severity: "warning" },
] as const;

/** All windows that are recorded, shortest first. */
export const WINDOWS = ["5m", "30m", "1h", "6h", "3d"] as const;
