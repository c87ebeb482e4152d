import { and, failIf, holds, isOn, isPresent, not, or, type Truth } from "../../runtime/truth.ts";
import { setWhereFound } from "../fixes.ts";
import { forTypes, type Check, type Resource, type Rule } from "../rule.ts";
import { hasOwnSettings, isCloudSql } from "./traits.ts";
import { CLOUD_SQL, DOCDB_MEMBER, RDS_CLUSTER, RDS_INSTANCE, RDS_MEMBER } from "./types.ts";

/** Members take over from their cluster what they do not say, and clusters leave it to their members. */
function byDefault({ type, inputs }: Resource): Truth {
    const alone = type === RDS_INSTANCE || inputs.get("dbClusterInstanceClass").state !== "absent";
    return alone ? false : { unknown: "clusterIdentifier" };
}

const rdsMonitoring: Check = (resource) => {
    const { inputs } = resource;
    const absent = byDefault(resource);
    const interval = inputs.get("monitoringInterval");
    const insights = inputs.get("performanceInsightsEnabled");
    const key = inputs.get("performanceInsightsKmsKeyId");
    const isOff = insights.state === "absent" ? not(absent) : not(isOn(insights, false));
    return [
        ...failIf(
            not(holds(interval, interval.number(), (seconds) => seconds > 0, absent)),
            interval,
            "has no enhanced monitoring",
        ),
        ...failIf(isOff, insights, "has no performance insights"),
        ...failIf(
            and(not(isOff), not(isPresent(key))),
            key,
            "performance insights, which show statements, are not encrypted with a key of your own",
        ),
    ];
};

const docdbMonitoring: Check = ({ inputs }) => {
    const insights = inputs.get("enablePerformanceInsights");
    return failIf(not(isOn(insights, false)), insights, "has no performance insights");
};

const cloudSqlInsights: Check = ({ inputs }) => {
    const enabled = inputs.at("settings.insightsConfig.queryInsightsEnabled");
    // SQL Server has none.
    const has = or(isCloudSql(inputs, "POSTGRES"), isCloudSql(inputs, "MYSQL"));
    const bad = and(has, not(isOn(enabled, false)));
    return failIf(and(hasOwnSettings(inputs), bad), enabled, "has no query insights");
};

/** Somebody can see what a database does. */
export const databaseMonitoring: Rule = {
    id: "db-monitoring",
    title: "A database's load and statements are monitored.",
    why: "Without figures from inside the database, a slow query and a theft by query look like any other load.",
    clouds: ["aws", "gcp"],
    pack: "reliability",
    severity: "low",
    requirements: { "PCI DSS": ["10.2.1"] },
    remediation: {
        "aws:rds":
            "Set monitoringInterval with a monitoringRoleArn, and performanceInsightsEnabled with a " +
            "performanceInsightsKmsKeyId, which cannot be changed afterwards.",
        "aws:docdb": "Set enablePerformanceInsights.",
        gcp: "Set settings.insightsConfig.queryInsightsEnabled to true.",
    },
    see: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_DatabaseInsights.html",
    note:
        "AWS shows the figures as CloudWatch Database Insights since the console of Performance Insights was closed; the " +
        "inputs kept their names. AlloyDB has query insights by itself.",
    checks: {
        ...forTypes([RDS_INSTANCE, RDS_CLUSTER, RDS_MEMBER], rdsMonitoring),
        [DOCDB_MEMBER]: docdbMonitoring,
        [CLOUD_SQL]: cloudSqlInsights,
    },
    fixes: {
        [DOCDB_MEMBER]: setWhereFound(docdbMonitoring, { enablePerformanceInsights: true }),
        [CLOUD_SQL]: setWhereFound(cloudSqlInsights, {
            "settings.insightsConfig.queryInsightsEnabled": true,
        }),
    },
};
