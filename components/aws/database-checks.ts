import type { DatabaseArgs } from "../contracts/database.ts";
import type { Problem } from "../lib/problem.ts";
import type { Gibibytes } from "../lib/units.ts";
import { amount } from "../lib/units.ts";
import { AWS_LIMITS } from "./limits.ts";

/** What of a database's arguments is checked. */
type Checked = Omit<DatabaseArgs, "secretStore"> & { readonly maxStorage?: Gibibytes };

/** RDS wants the ceiling of automatic growth at least this much above the storage. */
const LEAST_GROWTH = 1.1;

/** Where growth ends unless the user says: 20 GiB grow to 100 (G1.26, D20). */
const DEFAULT_GROWTH = 5;

/**
 * The ceiling of automatic growth in GiB, 0 for none.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PIOPS.Autoscaling.html
 */
export function storageCeiling({ storage, storageAutoGrow, maxStorage }: Checked): number {
    if (!storageAutoGrow) return 0;
    const { max } = AWS_LIMITS.database.storage;
    return maxStorage ? amount(maxStorage) : Math.min(max, amount(storage) * DEFAULT_GROWTH);
}

/** What RDS would refuse. */
export function checkDatabase(args: Checked): readonly Problem[] {
    return [...checkStorage(args), ...checkRetention(args), ...checkNames(args)];
}

function checkStorage({ storage, storageAutoGrow, maxStorage }: Checked): readonly Problem[] {
    const { min, max } = AWS_LIMITS.database.storage;
    const size = amount(storage);
    const problems: Problem[] = [];
    if (!Number.isInteger(size) || size < min || size > max) {
        const message = `is not a whole number from ${min} to ${max} GiB, which gp3 has`;
        problems.push({ path: "storage", value: storage, message, fix: "Choose such a size" });
    }
    if (maxStorage === undefined) return problems;
    const problem = { path: "maxStorage", value: maxStorage };
    const ceiling = amount(maxStorage);
    if (!storageAutoGrow) {
        const message = "has no effect while storageAutoGrow is off";
        problems.push({ ...problem, message, fix: "Switch storageAutoGrow on or leave it out" });
    } else if (!Number.isInteger(ceiling) || ceiling < size * LEAST_GROWTH || ceiling > max) {
        const least = Math.ceil(size * LEAST_GROWTH);
        const message = `is not a whole number from ${least} (a tenth above storage) to ${max} GiB`;
        problems.push({ ...problem, message, fix: "Choose such a size" });
    }
    return problems;
}

function checkRetention({ backupRetention }: Checked): readonly Problem[] {
    const { min, max } = AWS_LIMITS.database.backupRetention;
    const days = amount(backupRetention);
    if (Number.isInteger(days) && days >= min && days <= max) return [];
    const message = `is not between ${min} and ${max} days`;
    const fix = "Choose such a period, or AWS Backup for a longer one";
    return [{ path: "backupRetention", value: backupRetention, message, fix }];
}

function checkNames({ username, databaseName }: Checked): readonly Problem[] {
    const problems: Problem[] = [];
    const reserved: readonly string[] = AWS_LIMITS.database.reservedUsernames;
    const name = username.toLowerCase();
    if (reserved.includes(name) || name.startsWith("pg_")) {
        const message = "is reserved by the engine and cannot be the administrator's name";
        problems.push({ path: "username", value: username, message, fix: "Choose another name" });
    }
    for (const [path, value] of Object.entries({ username, databaseName })) {
        if (/^[A-Za-z][A-Za-z0-9_]{0,62}$/.test(value)) continue;
        const message = "is not 1 to 63 letters, digits and underscores, a letter first";
        problems.push({ path, value, message, fix: "Rename it" });
    }
    return problems;
}
