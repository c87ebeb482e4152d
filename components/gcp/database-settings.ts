import type { input } from "@pulumi/gcp/types/index.js";
import {
    DATABASE_MAINTENANCE,
    type DatabaseArgs,
    type MaintenanceTime,
} from "../contracts/database.ts";
import { type Gibibytes, amount } from "../lib/units.ts";
import { TIERS, editionFor } from "./sizes.ts";

/** How Cloud SQL counts the days of the week. */
const DAYS: Readonly<Record<MaintenanceTime["day"], number>> = {
    Monday: 1,
    Tuesday: 2,
    Wednesday: 3,
    Thursday: 4,
    Friday: 5,
    Saturday: 6,
    Sunday: 7,
};

/**
 * What the server logs: changes of the schema, slow statements, waits, and who came and went. Never all statements,
 * for those hold the data (G1.56). Slow ones do too: whoever reads the log reads their values.
 */
const FLAGS: Readonly<Record<string, string>> = {
    log_checkpoints: "on",
    log_connections: "on",
    log_disconnections: "on",
    log_lock_waits: "on",
    log_min_duration_statement: "1000",
    log_statement: "ddl",
    log_temp_files: "0",
};

/** The settings that decide how an instance is used: every one explicit, for Google's defaults depend on the version. */
export function instanceSettings(
    args: Omit<DatabaseArgs, "secretStore"> & { readonly maxStorage?: Gibibytes },
) {
    const days = amount(args.backupRetention);
    const edition = editionFor(days);
    return {
        edition,
        // The component has refused sizes that the edition lacks.
        tier: TIERS[edition][args.size] ?? "",
        availabilityType: args.highAvailability ? "REGIONAL" : "ZONAL",
        activationPolicy: "ALWAYS",
        diskType: "PD_SSD",
        diskSize: amount(args.storage),
        diskAutoresize: args.storageAutoGrow,
        // 0 is Google's word for no limit.
        diskAutoresizeLimit: args.maxStorage === undefined ? 0 : amount(args.maxStorage),
        backupConfiguration: backups(days),
        // A last backup outlives the instance by 30 days. There is no name in it that a clock could change.
        finalBackupConfig: args.finalBackup
            ? { enabled: true, retentionDays: 30 }
            : { enabled: false },
        retainBackupsOnDelete: args.finalBackup,
        deletionProtectionEnabled: args.deletionProtection,
        maintenanceWindow: {
            day: DAYS[DATABASE_MAINTENANCE.day],
            hour: DATABASE_MAINTENANCE.hour,
            updateTrack: "stable",
        },
        databaseFlags: Object.entries(FLAGS).map(([name, value]) => ({ name, value })),
        insightsConfig: {
            queryInsightsEnabled: true,
            queryPlansPerMinute: 5,
            queryStringLength: 1024,
            recordApplicationTags: true,
            recordClientAddress: false,
        },
        passwordValidationPolicy: {
            enablePasswordPolicy: true,
            minLength: 16,
            complexity: "COMPLEXITY_DEFAULT",
            disallowUsernameSubstring: true,
        },
    } satisfies input.sql.DatabaseInstanceSettings;
}

/**
 * One backup a day, and the transaction log of as many days, so that any moment in between can be had back.
 *
 * Going back the whole time takes one backup more, from before the oldest log.
 *
 * @see https://docs.cloud.google.com/sql/docs/postgres/backup-recovery/pitr
 */
function backups(days: number) {
    return {
        enabled: true,
        startTime: "03:00",
        pointInTimeRecoveryEnabled: true,
        transactionLogRetentionDays: days,
        backupRetentionSettings: { retentionUnit: "COUNT", retainedBackups: days + 1 },
    } satisfies input.sql.DatabaseInstanceSettingsBackupConfiguration;
}
