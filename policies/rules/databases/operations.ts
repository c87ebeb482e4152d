import { attached, type Stack } from "../../runtime/stack.ts";
import {
    and,
    failIf,
    holds,
    isOn,
    isOneOf,
    isPresent,
    not,
    or,
    type Truth,
} from "../../runtime/truth.ts";
import { setWhereFound } from "../fixes.ts";
import { forTypes, on, type Check, type Rule, type StackVerdict } from "../rule.ts";
import { hasOwnSettings, isAzureReplica, isCloudSqlReplica, isRdsReplica } from "./traits.ts";
import {
    ALLOYDB_CLUSTER,
    ALLOYDB_INSTANCE,
    AWS_CLUSTERS,
    AZURE_SQL_DATABASE,
    AZURE_SQL_MANAGED,
    CLOUD_SQL,
    DOCDB_MEMBER,
    FLEXIBLE_SERVERS,
    NEPTUNE_MEMBER,
    RDS_CLUSTER,
    RDS_INSTANCE,
    RDS_MEMBER,
    REDSHIFT_CLUSTER,
} from "./types.ts";

const SINGLE = "has no standby in another zone";

const rdsStandby: Check = ({ inputs }) => {
    const multiAz = inputs.get("multiAz");
    return failIf(and(not(isRdsReplica(inputs)), not(isOn(multiAz, false))), multiAz, SINGLE);
};

const redshiftStandby: Check = ({ inputs }) => {
    const multiAz = inputs.get("multiAz");
    const kept = or(
        isOn(multiAz, false),
        isOn(inputs.get("availabilityZoneRelocationEnabled"), false),
    );
    return failIf(not(kept), multiAz, SINGLE);
};

const flexibleStandby: Check = ({ inputs }) => {
    const mode = inputs.at("highAvailability.mode");
    const bad = and(not(isAzureReplica(inputs)), not(isOneOf(mode, ["zoneredundant"], false)));
    return failIf(bad, mode, SINGLE);
};

const azureSqlStandby: Check = ({ inputs }) => {
    const redundant = inputs.get("zoneRedundant");
    const pooled = isPresent(inputs.get("elasticPoolId"));
    const own: Truth = pooled === false ? true : { unknown: "elasticPoolId" };
    const bad = and(not(isAzureReplica(inputs)), own, not(isOn(redundant, false)));
    return failIf(bad, redundant, SINGLE);
};

const cloudSqlStandby: Check = ({ inputs }) => {
    const type = inputs.at("settings.availabilityType");
    const bad = and(not(isCloudSqlReplica(inputs)), not(isOneOf(type, ["regional"], false)));
    return failIf(and(hasOwnSettings(inputs), bad), type, SINGLE);
};

const alloyDbStandby: Check = ({ inputs }) => {
    const type = inputs.get("availabilityType");
    const pool = isOneOf(inputs.get("instanceType"), ["read_pool"], false);
    return failIf(and(not(pool), not(isOneOf(type, ["regional"], true))), type, SINGLE);
};

const MEMBERS = [RDS_MEMBER, NEPTUNE_MEMBER, DOCDB_MEMBER];

/** A cluster needs a second member to fail over to. Clusters of RDS itself and of serverless v1 bring theirs. */
function clustersOfOne(stack: Stack): readonly StackVerdict[] {
    const clusters = stack.all(...AWS_CLUSTERS);
    const members = attached(stack, clusters, {
        types: MEMBERS,
        input: "clusterIdentifier",
        names: ["clusterIdentifier", "id"],
    });
    return clusters.flatMap((cluster) => {
        const { given } = cluster;
        const whole = or(
            members.of(cluster).length > 1,
            isPresent(given.get("dbClusterInstanceClass")),
            isOneOf(given.get("engineMode"), ["serverless"], false),
            members.loose.length > 0 && { unknown: "clusterIdentifier" },
        );
        return on(cluster, failIf(not(whole), given, "has fewer than two instances"));
    });
}

/** Databases survive the loss of a zone. */
export const databaseHighAvailability: Rule = {
    id: "db-high-availability",
    title: "A database has a standby in another zone.",
    why: "Without a standby the loss of one zone, and every patch, is an outage until the database is restored.",
    clouds: ["aws", "azure", "gcp"],
    pack: "reliability",
    severity: "medium",
    requirements: { HIPAA: ["164.308(a)(7)(i)"], "CIS AWS": ["3.2.4"] },
    analogies: { "SOC 2": ["A1.2"] },
    remediation: {
        aws: "Add a second instance to the cluster.",
        "aws:rds/instance": "Set multiAz to true.",
        "aws:redshift": "Set multiAz or availabilityZoneRelocationEnabled to true.",
        "azure-native": "Set highAvailability.mode to ZoneRedundant.",
        "azure-native:sql": "Set zoneRedundant to true.",
        "gcp:sql": "Set settings.availabilityType to REGIONAL.",
        "gcp:alloydb": "Set availabilityType to REGIONAL.",
    },
    see: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.MultiAZ.html",
    checks: {
        [RDS_INSTANCE]: rdsStandby,
        [REDSHIFT_CLUSTER]: redshiftStandby,
        ...forTypes(FLEXIBLE_SERVERS, flexibleStandby),
        ...forTypes([AZURE_SQL_DATABASE, AZURE_SQL_MANAGED], azureSqlStandby),
        [CLOUD_SQL]: cloudSqlStandby,
        [ALLOYDB_INSTANCE]: alloyDbStandby,
    },
    stack: { judges: AWS_CLUSTERS, reads: MEMBERS, check: clustersOfOne },
    fixes: { [RDS_INSTANCE]: setWhereFound(rdsStandby, { multiAz: true }) },
};

const STALE = "does not take minor versions by itself";

const awsMinor: Check = ({ inputs }) => {
    const automatic = inputs.get("autoMinorVersionUpgrade");
    return failIf(not(isOn(automatic, true)), automatic, STALE);
};

const redshiftMinor: Check = ({ inputs }) => {
    const automatic = inputs.get("allowVersionUpgrade");
    return failIf(not(isOn(automatic, true)), automatic, STALE);
};

/** Only MySQL can be held at a minor version, as in MYSQL_8_0_36. */
const PINNED = /^MYSQL_\d+_\d+_\d+$/i;

const cloudSqlMinor: Check = ({ inputs }) => {
    const version = inputs.get("databaseVersion");
    const pinned = holds(version, version.text(), (text) => PINNED.test(text), false);
    const automatic = inputs.at("settings.autoUpgradeEnabled");
    return failIf(and(pinned, not(isOn(automatic, false))), version, STALE);
};

const MINOR_BY_CLOUD = [...FLEXIBLE_SERVERS, ALLOYDB_CLUSTER];

const minorFix = setWhereFound(awsMinor, { autoMinorVersionUpgrade: true });
const AWS_MINOR = [RDS_INSTANCE, RDS_MEMBER, RDS_CLUSTER, NEPTUNE_MEMBER];

/** Security fixes arrive. */
export const databaseMinorUpgrades: Rule = {
    id: "db-minor-upgrades",
    title: "A database takes minor versions by itself.",
    why: "Minor versions bring the fixes for published holes; waiting for a person leaves them open for months.",
    clouds: ["aws", "azure", "gcp"],
    pack: "reliability",
    severity: "low",
    requirements: { "PCI DSS": ["6.3.3"], "CIS AWS": ["3.2.2"] },
    remediation: {
        aws: "Leave autoMinorVersionUpgrade true.",
        "aws:redshift": "Leave allowVersionUpgrade true.",
        "gcp:sql": "Name no minor version of MySQL, or set settings.autoUpgradeEnabled to true.",
    },
    see: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_UpgradeDBInstance.Upgrading.html",
    note:
        "Azure's flexible servers, AlloyDB, and Cloud SQL but for pinned MySQL versions always take them; a maintenance window " +
        "says only when. DocumentDB has no such switch.",
    checks: {
        ...forTypes(AWS_MINOR, awsMinor),
        [REDSHIFT_CLUSTER]: redshiftMinor,
        [CLOUD_SQL]: cloudSqlMinor,
        ...forTypes(MINOR_BY_CLOUD, () => []),
    },
    alwaysKept: MINOR_BY_CLOUD,
    fixes: {
        ...Object.fromEntries(AWS_MINOR.map((type) => [type, minorFix])),
        [REDSHIFT_CLUSTER]: setWhereFound(redshiftMinor, { allowVersionUpgrade: true }),
    },
};
