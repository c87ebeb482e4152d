import type { Value } from "../../runtime/reader.ts";
import type { Stack } from "../../runtime/stack.ts";
import { and, failIf, isOn, isOneOf, not, or, type Truth } from "../../runtime/truth.ts";
import { setWhereFound } from "../fixes.ts";
import { forTypes, on, type Check, type Rule, type StackVerdict } from "../rule.ts";
import {
    hasOwnSettings,
    isAlloyDbSecondary,
    isAtLeast,
    isAzureReplica,
    isCloudSql,
    isCloudSqlReplica,
    isDefault,
    isEnterprisePlus,
    isRdsReplica,
} from "./traits.ts";
import {
    ALLOYDB_CLUSTER,
    AZURE_SQL_DATABASE,
    AZURE_SQL_MANAGED,
    CLOUD_SQL,
    FLEXIBLE_SERVERS,
    RDS_INSTANCE,
} from "./types.ts";

const NO_POINT = "cannot be brought back to a point in time";

const rdsPoint: Check = ({ inputs }) => {
    const days = inputs.get("backupRetentionPeriod");
    const bad = and(not(isRdsReplica(inputs)), not(isAtLeast(days, 1, isDefault(inputs, false))));
    return failIf(bad, days, NO_POINT);
};

const cloudSqlPoint: Check = ({ inputs }) => {
    const backup = inputs.at("settings.backupConfiguration");
    const isMysql = isCloudSql(inputs, "MYSQL");
    const recovery = backup.get("pointInTimeRecoveryEnabled");
    const log = backup.get("binaryLogEnabled");
    // Enterprise Plus has it by itself.
    const isKept = (value: Value) =>
        value.state === "absent" ? isEnterprisePlus(inputs) : isOn(value, false);
    const kept = or(and(isMysql, isKept(log)), and(not(isMysql), isKept(recovery)));
    return failIf(
        and(not(isCloudSqlReplica(inputs)), hasOwnSettings(inputs), not(kept)),
        isMysql === true ? log : recovery,
        NO_POINT,
    );
};

const alloyDbPoint: Check = ({ inputs }) => {
    const enabled = inputs.at("continuousBackupConfig.enabled");
    const bad = and(not(isAlloyDbSecondary(inputs)), not(isOn(enabled, true)));
    return failIf(bad, enabled, NO_POINT);
};

/** Data can be brought back as of any moment. */
export const databasePointInTimeRecovery: Rule = {
    id: "db-point-in-time-recovery",
    title: "A database can be brought back to a point in time.",
    why: "A nightly backup alone loses up to a day, and cannot stop just before the statement that spoilt the data.",
    clouds: ["aws", "gcp"],
    pack: "reliability",
    severity: "medium",
    requirements: { HIPAA: ["164.308(a)(7)(ii)(B)", "164.312(c)(1)"] },
    remediation: {
        aws: "Set backupRetentionPeriod above 0, which implies it.",
        "gcp:sql":
            "Set settings.backupConfiguration.pointInTimeRecoveryEnabled to true, for MySQL " +
            "binaryLogEnabled.",
        "gcp:alloydb": "Leave continuousBackupConfig enabled.",
    },
    see: "https://docs.cloud.google.com/sql/docs/postgres/backup-recovery/configure-pitr",
    note: "Aurora, Neptune, DocumentDB and Azure's servers always have it, so they are not listed.",
    checks: {
        [RDS_INSTANCE]: rdsPoint,
        [CLOUD_SQL]: cloudSqlPoint,
        [ALLOYDB_CLUSTER]: alloyDbPoint,
    },
    fixes: {
        [ALLOYDB_CLUSTER]: setWhereFound(alloyDbPoint, { "continuousBackupConfig.enabled": true }),
    },
};

const ONE_REGION = "backups are kept in one region only";

const flexibleServerGeo: Check = ({ inputs }) => {
    const geo = inputs.at("backup.geoRedundantBackup");
    return failIf(
        and(not(isAzureReplica(inputs)), not(isOneOf(geo, ["enabled"], false))),
        geo,
        ONE_REGION,
    );
};

const azureSqlGeo: Check = ({ inputs }) => {
    const redundancy = inputs.get("requestedBackupStorageRedundancy");
    return failIf(not(isOneOf(redundancy, ["geo", "geozone"], true)), redundancy, ONE_REGION);
};

const REPLICATION =
    "aws:rds/instanceAutomatedBackupsReplication:InstanceAutomatedBackupsReplication";
const BACKUP_PLAN = "aws:backup/plan:Plan";

/** Copies in another region are made by a resource of its own, or by a plan of AWS Backup. */
function rdsWithoutCopies(stack: Stack): readonly StackVerdict[] {
    const plans = stack.all(BACKUP_PLAN);
    const loose = stack
        .all(REPLICATION)
        .filter((one) => one.references("sourceDbInstanceArn").length === 0);
    const elsewhere: Truth =
        plans.length + loose.length === 0 ? false : { unknown: "backupRetentionPeriod" };
    return stack.all(RDS_INSTANCE).flatMap((database) => {
        const copied = or(
            stack.referrers(database, REPLICATION, "sourceDbInstanceArn").length > 0,
            stack.referrers(database, RDS_INSTANCE, "replicateSourceDb").length > 0 && {
                unknown: "replicateSourceDb",
            },
            elsewhere,
            isRdsReplica(database.given),
        );
        return on(
            database,
            failIf(not(copied), database.given.get("backupRetentionPeriod"), ONE_REGION),
        );
    });
}

/** Backups outlive a region. */
export const databaseGeoRedundantBackup: Rule = {
    id: "db-geo-redundant-backup",
    title: "A database's backups are copied to a second region.",
    why: "A disaster that takes the region takes the backups in it as well.",
    clouds: ["aws", "azure"],
    pack: "reliability",
    severity: "medium",
    requirements: { HIPAA: ["164.308(a)(7)(ii)(A)"] },
    analogies: { "SOC 2": ["A1.2"] },
    remediation: {
        aws:
            "Add an InstanceAutomatedBackupsReplication in another region, or a backup plan that " +
            "copies there.",
        "azure-native": "Set backup.geoRedundantBackup to Enabled, which replaces the server.",
        "azure-native:sql": "Set requestedBackupStorageRedundancy to Geo.",
    },
    see: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ReplicateBackups.html",
    note: "Cloud SQL and AlloyDB are left out: Cloud SQL keeps backups in a multi-region unless told otherwise.",
    checks: {
        ...forTypes(FLEXIBLE_SERVERS, flexibleServerGeo),
        ...forTypes([AZURE_SQL_DATABASE, AZURE_SQL_MANAGED], azureSqlGeo),
    },
    stack: {
        judges: [RDS_INSTANCE],
        reads: [REPLICATION, BACKUP_PLAN],
        check: rdsWithoutCopies,
    },
};
