/** The managed services whose support windows are known. */
export type DatabaseService =
    | "RDS for PostgreSQL"
    | "Aurora PostgreSQL"
    | "RDS for MySQL"
    | "Aurora MySQL"
    | "RDS for MariaDB"
    | "Azure Database for PostgreSQL"
    | "Azure Database for MySQL"
    | "Cloud SQL for PostgreSQL"
    | "Cloud SQL for MySQL";

/** A version, and the last day of its standard support; extended support, which is paid, does not count. */
interface Window {
    /** As users write it, without the minor version: `17`, `8.0`. */
    readonly version: string;
    readonly ends: string;
    /** True if the cloud has not said when, and support lasts at least so long. @default false */
    readonly orLater?: boolean;
}

/** What the project itself says of PostgreSQL. Clouds support a version at least so long. */
const POSTGRES_PROJECT: readonly Window[] = [
    { version: "14", ends: "2026-11-12", orLater: true },
    { version: "15", ends: "2027-11-11", orLater: true },
    { version: "16", ends: "2028-11-09", orLater: true },
    { version: "17", ends: "2029-11-08", orLater: true },
    { version: "18", ends: "2030-11-14", orLater: true },
];

/** PostgreSQL on RDS; Aurora follows the same calendar. */
const RDS_POSTGRES: readonly Window[] = [
    { version: "11", ends: "2024-02-29" },
    { version: "12", ends: "2025-02-28" },
    { version: "13", ends: "2026-02-28" },
    { version: "14", ends: "2027-02-28" },
    { version: "15", ends: "2028-02-29" },
    { version: "16", ends: "2029-02-28" },
    { version: "17", ends: "2030-02-28" },
];

/**
 * Standard support of engine versions, oldest first, as published until 2026-11-20; later days are the clouds' plans.
 *
 * What is older than a table's first version ended before it, and what is newer than its last ends no earlier.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/PostgreSQLReleaseNotes/postgresql-release-calendar.html
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/MySQL.Concepts.VersionMgmt.html
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/MariaDB.Concepts.VersionMgmt.html
 * @see https://learn.microsoft.com/azure/postgresql/configure-maintain/concepts-version-policy
 * @see https://learn.microsoft.com/azure/mysql/concepts-version-policy
 * @see https://docs.cloud.google.com/sql/docs/postgres/db-versions
 * @see https://docs.cloud.google.com/sql/docs/mysql/db-versions
 */
export const ENGINE_WINDOWS: Readonly<Record<DatabaseService, readonly Window[]>> = {
    "RDS for PostgreSQL": RDS_POSTGRES,
    "Aurora PostgreSQL": RDS_POSTGRES,
    "RDS for MySQL": [
        { version: "5.7", ends: "2024-02-29" },
        { version: "8.0", ends: "2026-07-31" },
        { version: "8.4", ends: "2029-07-31" },
    ],
    "Aurora MySQL": [
        { version: "5.7", ends: "2024-10-31" },
        { version: "8.0", ends: "2028-04-30" },
    ],
    "RDS for MariaDB": [
        { version: "10.6", ends: "2026-08-31" },
        { version: "10.11", ends: "2028-02-29" },
        { version: "11.4", ends: "2029-05-31" },
        { version: "11.8", ends: "2030-06-30" },
    ],
    "Azure Database for PostgreSQL": [
        { version: "13", ends: "2026-07-31" },
        { version: "14", ends: "2026-11-12" },
        { version: "15", ends: "2027-11-11" },
        { version: "16", ends: "2028-11-09" },
        { version: "17", ends: "2029-11-08" },
        { version: "18", ends: "2030-11-14" },
    ],
    "Azure Database for MySQL": [
        { version: "5.7", ends: "2026-09-30" },
        { version: "8.0", ends: "2027-01-31" },
        // The project itself supports 8.4 as long.
        { version: "8.4", ends: "2029-04-30", orLater: true },
    ],
    "Cloud SQL for PostgreSQL": [{ version: "12", ends: "2025-01-31" }, ...POSTGRES_PROJECT],
    "Cloud SQL for MySQL": [
        { version: "5.7", ends: "2025-01-31" },
        { version: "8.0", ends: "2026-06-30" },
        { version: "8.4", ends: "2029-04-30", orLater: true },
    ],
};

/** Where a version stands on a day. "untold" means that the tables do not say. */
export type EngineSupport =
    | { readonly state: "supported" | "ended" | "untold" }
    | { readonly state: "ends soon"; readonly days: number };

/** The numbers of a version that count: one for PostgreSQL, two for MySQL and MariaDB. */
function numbersOf(version: string): readonly number[] {
    return version.split(".").map(Number);
}

function compare(one: readonly number[], other: readonly number[]): number {
    const differing = other.findIndex((number, index) => number !== one[index]);
    return differing < 0 ? 0 : (one[differing] ?? 0) - (other[differing] ?? 0);
}

const DAY = 86_400_000;

function daysUntil(day: string, date: string): number {
    return Math.round((Date.parse(day) - Date.parse(date)) / DAY);
}

/** The window that says most about a version, and whether its end is the version's own. */
function windowOf(
    service: DatabaseService,
    version: string,
): { readonly window: Window; readonly bound: "exact" | "at least" | "at most" } | undefined {
    const numbers = numbersOf(version);
    const windows = ENGINE_WINDOWS[service];
    const exact = windows.find((one) => compare(numbers, numbersOf(one.version)) === 0);
    if (exact !== undefined) return { window: exact, bound: exact.orLater ? "at least" : "exact" };
    const newer = windows.find((one) => compare(numbers, numbersOf(one.version)) < 0);
    if (newer !== undefined) {
        return newer.orLater ? undefined : { window: newer, bound: "at most" };
    }
    const newest = windows.at(-1);
    return newest && { window: newest, bound: "at least" };
}

/** Whether a cloud gives standard support to a version on a day, the last day included. */
export function engineSupport(
    service: DatabaseService,
    version: string,
    { date, warnDays }: { readonly date: string; readonly warnDays: number },
): EngineSupport {
    const found = windowOf(service, version);
    if (found === undefined) return { state: "untold" };
    const { window, bound } = found;
    const days = daysUntil(window.ends, date);
    if (Number.isNaN(days)) return { state: "untold" };
    if (days < 0) return { state: bound === "at least" ? "untold" : "ended" };
    if (days > warnDays) return { state: bound === "at most" ? "untold" : "supported" };
    return bound === "exact" ? { state: "ends soon", days } : { state: "untold" };
}
