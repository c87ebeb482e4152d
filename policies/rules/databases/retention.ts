import type { Value } from "../../runtime/reader.ts";
import { and, failIf, holds, isOn, not, or, type Truth } from "../../runtime/truth.ts";
import { setWhereFound } from "../fixes.ts";
import { forTypes, type Check, type Context, type Rule } from "../rule.ts";
import {
    hasOwnSettings,
    isAlloyDbSecondary,
    isAtLeast,
    isAzureReplica,
    isCloudSqlReplica,
    isDefault,
    isEnterprisePlus,
    isRdsReplica,
} from "./traits.ts";
import {
    ALLOYDB_CLUSTER,
    AWS_CLUSTERS,
    CLOUD_SQL,
    FLEXIBLE_SERVERS,
    RDS_INSTANCE,
    REDSHIFT_CLUSTER,
} from "./types.ts";

const DAYS = 7;

function daysAsked({ options }: Context): number {
    const days = options.get("days").number();
    return days.state === "known" ? days.value : DAYS;
}

const SHORT = "backups are kept for too few days";

/** A check of days at a path. `byDefault` is how long backups are kept if nothing stands there. */
function keptFor(path: string, byDefault: number, isCopy: (inputs: Value) => Truth): Check {
    return ({ inputs }, context) => {
        const value = inputs.at(path);
        const least = daysAsked(context);
        const kept = isAtLeast(value, least, isDefault(inputs, byDefault >= least));
        return failIf(and(not(isCopy(inputs)), not(kept)), value, SHORT);
    };
}

const never = () => false;
const rdsInstance = keptFor("backupRetentionPeriod", 0, isRdsReplica);
const awsCluster = keptFor("backupRetentionPeriod", 1, never);
const redshift = keptFor("automatedSnapshotRetentionPeriod", 1, never);
const flexibleServer = keptFor("backup.backupRetentionDays", 7, isAzureReplica);
const azureSqlPolicy = keptFor("retentionDays", 7, never);

/** How many backups Cloud SQL keeps where nothing is said: in the larger edition more. */
const KEPT_BY_ITSELF = { enterprise: 7, plus: 15 } as const;

function keepsByItself(inputs: Value, least: number): Truth {
    if (least <= KEPT_BY_ITSELF.enterprise) return true;
    return least <= KEPT_BY_ITSELF.plus ? isEnterprisePlus(inputs) : false;
}

const cloudSql: Check = ({ inputs }, context) => {
    const backup = inputs.at("settings.backupConfiguration");
    const kept = backup.at("backupRetentionSettings.retainedBackups");
    const replica = isCloudSqlReplica(inputs);
    // Backups of the other tiers are kept by a plan of the Backup and DR service.
    const elsewhere = holds(
        backup.get("backupTier"),
        backup.get("backupTier").text(),
        (tier) => tier.toUpperCase() === "STANDARD" || { unknown: backup.get("backupTier").path },
        true,
    );
    const own = and(not(replica), elsewhere, hasOwnSettings(inputs));
    const least = daysAsked(context);
    const enough = isAtLeast(kept, least, keepsByItself(inputs, least));
    return [
        ...failIf(
            and(own, not(isOn(backup.get("enabled"), false))),
            backup.get("enabled"),
            "backups are not enabled",
        ),
        ...failIf(and(own, not(enough)), kept, SHORT),
    ];
};

const SECONDS = 86_400;

const alloyDb: Check = ({ inputs }, context) => {
    const least = daysAsked(context);
    const continuous = inputs.get("continuousBackupConfig");
    const automated = inputs.get("automatedBackupPolicy");
    const period = automated.at("timeBasedRetention.retentionPeriod");
    const kept = or(
        and(
            isOn(continuous.get("enabled"), true),
            isAtLeast(continuous.get("recoveryWindowDays"), least, least <= 14),
        ),
        and(
            isOn(automated.get("enabled"), false),
            holds(
                period,
                period.text(),
                (text) => Number.parseFloat(text) >= least * SECONDS,
                true,
            ),
        ),
    );
    const bad = and(not(isAlloyDbSecondary(inputs)), not(kept));
    return failIf(bad, continuous.get("recoveryWindowDays"), SHORT);
};

const POLICY = "azure-native:sql:BackupShortTermRetentionPolicy";

/** The repair sets the days that the rule asks for. */
function keepLonger(check: Check, path: string) {
    return {
        replaces: false,
        changes: (...[resource, context]: Parameters<Check>) =>
            setWhereFound(check, { [path]: daysAsked(context) }).changes(resource, context),
    };
}

/** Backups are there, and are kept long enough. */
export const databaseBackupRetention: Rule = {
    id: "db-backup-retention",
    title: "A database's backups are kept for a week or longer.",
    why: "Lost or spoilt data is often noticed days later; by then a shorter history has nothing good left in it.",
    clouds: ["aws", "azure", "gcp"],
    pack: "reliability",
    severity: "high",
    requirements: {
        "PCI DSS": ["10.3.3"],
        HIPAA: ["164.308(a)(7)(ii)(A)"],
        "SOC 2": ["CC7.4", "A1.2"],
        GDPR: ["32"],
        "CIS GCP": ["6.8"],
    },
    remediation: {
        aws: "Raise backupRetentionPeriod to a week or longer.",
        "aws:redshift": "Raise automatedSnapshotRetentionPeriod to a week or longer.",
        "azure-native": "Raise backup.backupRetentionDays to a week or longer.",
        "azure-native:sql": "Raise retentionDays to a week or longer.",
        "gcp:sql":
            "Enable settings.backupConfiguration and set backupRetentionSettings.retainedBackups.",
        "gcp:alloydb": "Leave continuousBackupConfig enabled and raise its recoveryWindowDays.",
    },
    see: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_WorkingWithAutomatedBackups.html",
    note:
        "Read replicas and secondary clusters are left out, because their source keeps the data. Cloud SQL counts backups, one a day. PCI DSS and " +
        "HIPAA name no number; 35 days is what RDS and Azure can hold at most.",
    options: {
        properties: {
            days: {
                type: "integer",
                minimum: 1,
                default: DAYS,
                description: "For how many days backups have to be kept at least.",
            },
        },
    },
    checks: {
        [RDS_INSTANCE]: rdsInstance,
        ...forTypes(AWS_CLUSTERS, awsCluster),
        [REDSHIFT_CLUSTER]: redshift,
        ...forTypes(FLEXIBLE_SERVERS, flexibleServer),
        [POLICY]: azureSqlPolicy,
        [CLOUD_SQL]: cloudSql,
        [ALLOYDB_CLUSTER]: alloyDb,
    },
    fixes: {
        [RDS_INSTANCE]: keepLonger(rdsInstance, "backupRetentionPeriod"),
        ...Object.fromEntries(
            AWS_CLUSTERS.map((type) => [type, keepLonger(awsCluster, "backupRetentionPeriod")]),
        ),
        [REDSHIFT_CLUSTER]: keepLonger(redshift, "automatedSnapshotRetentionPeriod"),
        ...Object.fromEntries(
            FLEXIBLE_SERVERS.map((type) => [
                type,
                keepLonger(flexibleServer, "backup.backupRetentionDays"),
            ]),
        ),
        [POLICY]: keepLonger(azureSqlPolicy, "retentionDays"),
    },
};
