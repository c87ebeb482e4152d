import { UNKNOWN, type Example, type StackExample } from "../example.ts";
import {
    ALLOYDB,
    AURORA,
    breakAt,
    CLOUD_SQL,
    DOCDB,
    forEach,
    missing,
    MYSQL,
    NEPTUNE,
    POSTGRES,
    RDS,
    REDSHIFT,
    SQL_DATABASE,
    SQL_MANAGED,
} from "./breaks.ts";

const BACKUP = "settings.backupConfiguration";
const RETAINED = `${BACKUP}.backupRetentionSettings.retainedBackups`;
const WINDOW = "continuousBackupConfig.recoveryWindowDays";
const LONGER = {
    title: "more days are asked for",
    options: { days: 35 },
} as const;

export const backupExamples: Record<string, readonly Example[]> = {
    "db-backup-retention": [
        ...forEach([RDS, AURORA, NEPTUNE, DOCDB], {
            good: { backupRetentionPeriod: 7 },
            breaks: [
                breakAt("backups are kept for a day", "backupRetentionPeriod", 1),
                missing("backupRetentionPeriod"),
                { ...LONGER, at: ["backupRetentionPeriod"] },
            ],
            undecided: "backupRetentionPeriod",
        }),
        {
            type: RDS,
            good: { replicateSourceDb: "first" },
            breaks: [
                breakAt(
                    "it is no replica",
                    "replicateSourceDb",
                    undefined,
                    "backupRetentionPeriod",
                ),
            ],
            undecided: "replicateSourceDb",
        },
        {
            type: REDSHIFT,
            good: { automatedSnapshotRetentionPeriod: 7 },
            breaks: [missing("automatedSnapshotRetentionPeriod")],
            undecided: "automatedSnapshotRetentionPeriod",
        },
        ...forEach([POSTGRES, MYSQL], {
            good: { backup: { backupRetentionDays: 7 } },
            breaks: [
                breakAt("backups are kept for a day", "backup.backupRetentionDays", 1),
                { ...LONGER, set: ["backup", undefined], at: ["backup.backupRetentionDays"] },
            ],
            undecided: "backup.backupRetentionDays",
        }),
        {
            type: "azure-native:sql:BackupShortTermRetentionPolicy",
            good: { retentionDays: 14 },
            breaks: [breakAt("backups are kept for a day", "retentionDays", 1)],
            undecided: "retentionDays",
        },
        {
            type: CLOUD_SQL,
            good: {
                settings: {
                    backupConfiguration: {
                        enabled: true,
                        backupRetentionSettings: { retainedBackups: 8 },
                    },
                },
            },
            breaks: [
                breakAt("backups are off", `${BACKUP}.enabled`, false),
                missing("settings", `${BACKUP}.enabled`),
                breakAt("few backups are kept", RETAINED, 3),
            ],
            undecided: RETAINED,
        },
        {
            type: CLOUD_SQL,
            good: {
                settings: { edition: "ENTERPRISE_PLUS", backupConfiguration: { enabled: true } },
            },
            options: { days: 14 },
            breaks: [
                breakAt(
                    "its edition keeps seven by itself",
                    "settings.edition",
                    "ENTERPRISE",
                    RETAINED,
                ),
                { ...LONGER, at: [RETAINED] },
            ],
            undecided: "settings.edition",
        },
        {
            type: ALLOYDB,
            good: { clusterType: "SECONDARY", continuousBackupConfig: { enabled: false } },
            breaks: [breakAt("it is no copy", "clusterType", "PRIMARY", WINDOW)],
            undecided: "clusterType",
        },
        {
            type: ALLOYDB,
            good: { continuousBackupConfig: { recoveryWindowDays: 14 } },
            breaks: [
                breakAt("days are few", WINDOW, 3),
                breakAt("it is off", "continuousBackupConfig.enabled", false, WINDOW),
            ],
            undecided: WINDOW,
        },
        {
            type: ALLOYDB,
            good: {
                continuousBackupConfig: { enabled: false },
                automatedBackupPolicy: {
                    enabled: true,
                    timeBasedRetention: { retentionPeriod: "1209600s" },
                },
            },
            breaks: [
                breakAt(
                    "the period is a day",
                    "automatedBackupPolicy.timeBasedRetention.retentionPeriod",
                    "86400s",
                    WINDOW,
                ),
            ],
            undecided: "automatedBackupPolicy",
        },
    ],
    "db-point-in-time-recovery": [
        {
            type: RDS,
            good: { backupRetentionPeriod: 1 },
            breaks: [
                breakAt("there are no backups", "backupRetentionPeriod", 0),
                missing("backupRetentionPeriod"),
            ],
            undecided: "backupRetentionPeriod",
        },
        {
            type: CLOUD_SQL,
            good: {
                databaseVersion: "POSTGRES_17",
                settings: {
                    edition: "ENTERPRISE",
                    backupConfiguration: { pointInTimeRecoveryEnabled: true },
                },
            },
            breaks: [
                breakAt("it is off", `${BACKUP}.pointInTimeRecoveryEnabled`, false),
                missing(`${BACKUP}.pointInTimeRecoveryEnabled`),
            ],
            undecided: `${BACKUP}.pointInTimeRecoveryEnabled`,
        },
        {
            type: CLOUD_SQL,
            good: {
                databaseVersion: "MYSQL_8_4",
                settings: { backupConfiguration: { binaryLogEnabled: true } },
            },
            breaks: [breakAt("there is no log", `${BACKUP}.binaryLogEnabled`, false)],
            undecided: "settings",
        },
        {
            type: CLOUD_SQL,
            good: { databaseVersion: "MYSQL_8_4", settings: { edition: "ENTERPRISE_PLUS" } },
            breaks: [
                breakAt(
                    "its edition has none by itself",
                    "settings.edition",
                    "ENTERPRISE",
                    `${BACKUP}.binaryLogEnabled`,
                ),
            ],
            undecided: "settings.edition",
        },
        {
            type: ALLOYDB,
            good: { clusterType: "SECONDARY", continuousBackupConfig: { enabled: false } },
            breaks: [
                breakAt(
                    "it is no copy",
                    "clusterType",
                    undefined,
                    "continuousBackupConfig.enabled",
                ),
            ],
            undecided: "clusterType",
        },
        {
            type: ALLOYDB,
            good: { continuousBackupConfig: { enabled: true } },
            breaks: [breakAt("it is off", "continuousBackupConfig.enabled", false)],
            undecided: "continuousBackupConfig.enabled",
        },
    ],
    "db-geo-redundant-backup": [
        ...forEach([POSTGRES, MYSQL], {
            good: { backup: { geoRedundantBackup: "Enabled" } },
            breaks: [
                breakAt("it is off", "backup.geoRedundantBackup", "Disabled"),
                missing("backup", "backup.geoRedundantBackup"),
            ],
            undecided: "backup.geoRedundantBackup",
        }),
        ...forEach([SQL_DATABASE, SQL_MANAGED], {
            good: { requestedBackupStorageRedundancy: "Geo" },
            breaks: [
                breakAt("copies stay in the region", "requestedBackupStorageRedundancy", "Zone"),
            ],
            undecided: "requestedBackupStorageRedundancy",
        }),
    ],
};

export const backupStackExamples: Record<string, readonly StackExample[]> = {
    "db-geo-redundant-backup": [
        {
            title: "an instance whose backups are replicated",
            good: [
                { name: "database", type: RDS, inputs: { backupRetentionPeriod: 7 } },
                {
                    name: "replication",
                    type: "aws:rds/instanceAutomatedBackupsReplication:InstanceAutomatedBackupsReplication",
                    inputs: { sourceDbInstanceArn: UNKNOWN },
                    references: { sourceDbInstanceArn: ["database"] },
                },
            ],
            breaks: [
                {
                    title: "nothing copies them",
                    remove: "replication",
                    at: [["database", "backupRetentionPeriod"]],
                },
            ],
            undecided: ["replication", "sourceDbInstanceArn"],
        },
    ],
};
