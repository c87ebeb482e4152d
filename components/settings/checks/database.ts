import { amount } from "../../lib/units.ts";
import { isWithin, nearestWithin } from "../clouds.ts";
import type { Effective, SiteContext } from "../site-context.ts";
import { oneOf } from "../words.ts";

type Database = Effective["databases"][string];

/** Names that PostgreSQL itself keeps, on every cloud. */
const RESERVED_USERS = [
    "admin",
    "administrator",
    "guest",
    "none",
    "postgres",
    "public",
    "replication",
    "root",
    "user",
];
const RESERVED_DATABASES = [
    "azure_maintenance",
    "azure_sys",
    "cloudsqladmin",
    "postgres",
    "rdsadmin",
    "template0",
    "template1",
];

/** RDS takes a ceiling only from a tenth above the storage. */
const leastCeiling = (storage: number) => storage + Math.ceil(storage / 10);

function checkStorage(context: SiteContext, at: string, database: Database): void {
    const { add, facts, limits } = context;
    if (limits === undefined || facts === undefined) return;
    const sizes = limits.database.storage;
    const { min, max, steps } = sizes;
    const size = amount(database.storage);
    if (!isWithin(size, sizes) || (steps && !steps.includes(size))) {
        const larger = steps?.find((step) => step >= size);
        add({
            at: `${at}.storage`,
            value: database.storage,
            message: `is not a size that ${facts.title} sells: ${steps ? oneOf(steps.map(String)) : `${min} to ${max}`} GiB`,
            fix: `Write ${larger ?? nearestWithin(size, sizes)} GiB`,
        });
    }
    const { maxStorage } = database;
    if (maxStorage === undefined) return;
    if (!limits.database.cappedGrowth) {
        add({
            at: `${at}.maxStorage`,
            value: maxStorage,
            message: `cannot be kept on ${facts.title}, where growth has no ceiling`,
            fix: "Write it only in the sites on AWS and Google Cloud",
        });
        return;
    }
    checkCeiling(context, at, database, maxStorage);
}

function checkCeiling(
    { add, limits }: SiteContext,
    at: string,
    database: Database,
    maxStorage: NonNullable<Database["maxStorage"]>,
): void {
    const involves = [`${at}.storage`, `${at}.storageAutoGrow`];
    const finding = { at: `${at}.maxStorage`, involves, value: maxStorage };
    const least = leastCeiling(amount(database.storage));
    const most = limits?.database.storage.max ?? Infinity;
    if (!database.storageAutoGrow) {
        const message = "has no effect while storageAutoGrow is false";
        add({ ...finding, message, fix: "Remove it, or set storageAutoGrow to true" });
    } else if (amount(maxStorage) < least) {
        const message = `leaves no room above storage ${database.storage}`;
        add({ ...finding, message, fix: `Write ${least} GiB or more` });
    } else if (amount(maxStorage) > most) {
        add({ ...finding, message: `is above ${most} GiB`, fix: `Write ${most} GiB or less` });
    }
}

function checkBackups({ add, facts, limits }: SiteContext, at: string, database: Database): void {
    if (limits === undefined || facts === undefined) return;
    const periods =
        limits.database.backupRetentionBySize?.[database.size] ?? limits.database.backupRetention;
    if (isWithin(amount(database.backupRetention), periods)) return;
    const { min, max } = periods;
    const nearest = nearestWithin(amount(database.backupRetention), periods);
    const narrower = max < limits.database.backupRetention.max;
    add({
        at: `${at}.backupRetention`,
        involves: [`${at}.size`],
        value: database.backupRetention,
        message: `is not what ${facts.title} can do${narrower ? ` at size ${database.size}` : ""}: ${min} to ${max} days`,
        fix: `Write ${nearest} days${narrower ? ", or choose a larger size" : ""}`,
    });
}

function checkSize(
    { add, facts, limits, stack }: SiteContext,
    at: string,
    database: Database,
): void {
    const { size } = database;
    if (stack.environment === "prod" && (size === "micro" || size === "small")) {
        const message = "runs on a shared CPU, which prod must not depend on";
        add({ at: `${at}.size`, value: size, message, fix: "Choose medium or larger" });
        return;
    }
    const able = limits?.database.highAvailabilitySizes;
    if (!database.highAvailability || able === undefined || able.includes(size)) return;
    add({
        at: `${at}.highAvailability`,
        involves: [`${at}.size`],
        value: true,
        message: `is not possible on ${facts?.title ?? "this cloud"} at size ${size}`,
        fix: `Choose ${oneOf(able)}, or set highAvailability to false`,
    });
}

/** True if PostgreSQL or the cloud keeps the name of a role for itself. */
export function isReservedUser({ limits }: Pick<SiteContext, "limits">, name: string): boolean {
    const reserved = [...RESERVED_USERS, ...(limits?.database.reservedUsernames ?? [])];
    return reserved.includes(name) || name.startsWith("pg_");
}

/** True if PostgreSQL or the cloud makes a database of that name itself. */
export function isReservedDatabase(name: string): boolean {
    return RESERVED_DATABASES.includes(name) || name.startsWith("pg_");
}

function checkNames(context: SiteContext, at: string, database: Database): void {
    const { add, facts, limits } = context;
    const { username, databaseName } = database;
    if (isReservedUser(context, username)) {
        add({
            at: `${at}.username`,
            value: username,
            message: `is reserved by ${limits?.database.reservedUsernames.includes(username) ? (facts?.title ?? "the cloud") : "PostgreSQL or a cloud"}`,
            fix: "Choose another name, like dbadmin",
        });
    }
    if (isReservedDatabase(databaseName)) {
        const message = "is a database that the cloud or PostgreSQL makes itself";
        add({ at: `${at}.databaseName`, value: databaseName, message, fix: "Choose another name" });
    }
}

/** Databases that the cloud would make. */
export function checkDatabases(context: SiteContext): void {
    for (const [key, database] of Object.entries(context.effective.databases)) {
        const at = `databases.${key}`;
        checkStorage(context, at, database);
        checkBackups(context, at, database);
        checkSize(context, at, database);
        checkNames(context, at, database);
    }
}
