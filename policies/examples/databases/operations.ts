import { UNKNOWN, type Example, type StackExample } from "../example.ts";
import {
    ALLOYDB,
    ALLOYDB_INSTANCE,
    AURORA,
    breakAt,
    CLOUD_SQL,
    forEach,
    kept,
    MEMBER,
    missing,
    MYSQL,
    POSTGRES,
    RDS,
    REDSHIFT,
    SQL_DATABASE,
    SQL_MANAGED,
} from "./breaks.ts";

const INSIGHTS = "settings.insightsConfig.queryInsightsEnabled";
const AUTOMATIC = "autoMinorVersionUpgrade";

export const operationsExamples: Record<string, readonly Example[]> = {
    "db-high-availability": [
        ...forEach([RDS, REDSHIFT], {
            good: { multiAz: true },
            breaks: [breakAt("there is no standby", "multiAz", false), missing("multiAz")],
            undecided: "multiAz",
        }),
        ...forEach([POSTGRES, MYSQL], {
            good: { highAvailability: { mode: "ZoneRedundant" } },
            breaks: [
                breakAt("the standby is in the same zone", "highAvailability.mode", "SameZone"),
                missing("highAvailability", "highAvailability.mode"),
            ],
            undecided: "highAvailability.mode",
        }),
        ...forEach([SQL_DATABASE, SQL_MANAGED], {
            good: { zoneRedundant: true },
            breaks: [missing("zoneRedundant")],
            undecided: "zoneRedundant",
        }),
        {
            type: CLOUD_SQL,
            good: { settings: { availabilityType: "REGIONAL" } },
            breaks: [
                breakAt("it is in one zone", "settings.availabilityType", "ZONAL"),
                missing("settings.availabilityType"),
            ],
            undecided: "settings.availabilityType",
        },
        {
            type: ALLOYDB_INSTANCE,
            good: { instanceType: "PRIMARY", availabilityType: "REGIONAL" },
            breaks: [breakAt("it is in one zone", "availabilityType", "ZONAL")],
            undecided: "availabilityType",
        },
    ],
    "db-minor-upgrades": [
        ...forEach([RDS, AURORA, MEMBER, "aws:neptune/clusterInstance:ClusterInstance"], {
            good: { engine: "postgres", [AUTOMATIC]: true },
            breaks: [breakAt("they are off", AUTOMATIC, false)],
            undecided: AUTOMATIC,
        }),
        {
            type: REDSHIFT,
            good: { allowVersionUpgrade: true },
            breaks: [breakAt("they are off", "allowVersionUpgrade", false)],
            undecided: "allowVersionUpgrade",
        },
        {
            type: CLOUD_SQL,
            good: { databaseVersion: "MYSQL_8_0", settings: { tier: "db-f1-micro" } },
            breaks: [breakAt("a minor version is named", "databaseVersion", "MYSQL_8_0_36")],
            undecided: "databaseVersion",
        },
        {
            type: CLOUD_SQL,
            good: { databaseVersion: "MYSQL_8_0_36", settings: { autoUpgradeEnabled: true } },
            breaks: [
                breakAt(
                    "it is held at its minor version",
                    "settings.autoUpgradeEnabled",
                    false,
                    "databaseVersion",
                ),
            ],
            undecided: "settings.autoUpgradeEnabled",
        },
        kept(POSTGRES, {}),
        kept(MYSQL, {}),
        kept(ALLOYDB, {}),
    ],
    "db-monitoring": [
        {
            type: RDS,
            good: {
                monitoringInterval: 60,
                performanceInsightsEnabled: true,
                performanceInsightsKmsKeyId: "key",
            },
            breaks: [
                breakAt("there is no monitoring", "monitoringInterval", 0),
                missing("monitoringInterval"),
                breakAt("there are no insights", "performanceInsightsEnabled", false),
                missing("performanceInsightsEnabled"),
                missing("performanceInsightsKmsKeyId"),
            ],
            undecided: "monitoringInterval",
        },
        ...forEach([AURORA, MEMBER], {
            good: {
                monitoringInterval: 60,
                performanceInsightsEnabled: true,
                performanceInsightsKmsKeyId: "key",
            },
            breaks: [
                breakAt("there is no monitoring", "monitoringInterval", 0),
                breakAt("there are no insights", "performanceInsightsEnabled", false),
            ],
            undecided: "performanceInsightsKmsKeyId",
        }),
        {
            type: "aws:docdb/clusterInstance:ClusterInstance",
            good: { enablePerformanceInsights: true },
            breaks: [missing("enablePerformanceInsights")],
            undecided: "enablePerformanceInsights",
        },
        {
            type: CLOUD_SQL,
            good: {
                databaseVersion: "POSTGRES_17",
                settings: { insightsConfig: { queryInsightsEnabled: true } },
            },
            breaks: [breakAt("they are off", INSIGHTS, false), missing(INSIGHTS)],
            undecided: INSIGHTS,
        },
    ],
    "db-supported-engine": [
        {
            type: RDS,
            good: { engine: "postgres", engineVersion: "17.4" },
            breaks: [
                breakAt("its support has ended", "engineVersion", "13.20"),
                breakAt("its support has ended long ago", "engineVersion", "9.6"),
                {
                    title: "its support will have ended by then",
                    options: { date: "2030-03-01" },
                    at: ["engineVersion"],
                },
                {
                    title: "its support ends soon",
                    options: { date: "2030-02-01" },
                    at: ["engineVersion"],
                },
            ],
            undecided: "engineVersion",
        },
        {
            type: RDS,
            good: { engine: "mysql", engineVersion: "8.4.3" },
            breaks: [breakAt("its support has ended", "engineVersion", "8.0")],
            undecided: "engine",
        },
        {
            type: AURORA,
            good: { engine: "aurora-mysql", engineVersion: "8.0.mysql_aurora.3.08.0" },
            breaks: [breakAt("its support has ended", "engineVersion", "5.7.mysql_aurora.2.11.2")],
            undecided: "engineVersion",
        },
        {
            type: POSTGRES,
            good: { version: "17" },
            breaks: [breakAt("its support has ended", "version", "14")],
            undecided: "version",
        },
        {
            type: MYSQL,
            good: { version: "8.4" },
            breaks: [
                breakAt("its support has ended", "version", "5.7"),
                breakAt("its support ends soon", "version", "8.0.21"),
            ],
            undecided: "version",
        },
        {
            type: CLOUD_SQL,
            good: { databaseVersion: "POSTGRES_17" },
            breaks: [
                breakAt("its support has ended", "databaseVersion", "POSTGRES_12"),
                breakAt("its support has ended long ago", "databaseVersion", "POSTGRES_9_6"),
                breakAt("its support for MySQL has ended", "databaseVersion", "MYSQL_8_0_36"),
            ],
            undecided: "databaseVersion",
        },
    ],
};

const member = (name: string) => ({
    name,
    type: MEMBER,
    inputs: { clusterIdentifier: UNKNOWN },
    references: { clusterIdentifier: ["cluster"] },
});

export const operationsStackExamples: Record<string, readonly StackExample[]> = {
    "db-high-availability": [
        {
            title: "a cluster of two",
            good: [
                { name: "cluster", type: AURORA, inputs: { engine: "aurora-postgresql" } },
                member("writer"),
                member("reader"),
            ],
            breaks: [
                { title: "there is one", remove: "reader", at: [["cluster", ""]] },
                {
                    title: "one is another cluster's",
                    set: ["reader", "clusterIdentifier", "other"],
                    at: [["cluster", ""]],
                },
            ],
            undecided: ["reader", "clusterIdentifier"],
        },
    ],
};
