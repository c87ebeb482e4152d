import { attached, maybe, type Stack, type StackResource } from "../../runtime/stack.ts";
import type { Value } from "../../runtime/reader.ts";
import {
    and,
    failIf,
    holds,
    isOn,
    isOneOf,
    not,
    or,
    some,
    type Truth,
} from "../../runtime/truth.ts";
import { forTypes, on, type Check, type Rule, type StackVerdict } from "../rule.ts";
import { groupOf, parameterOfAll, PARAMETER_GROUPS } from "./parameters.ts";
import { isCloudSql, isPostgres, isSwitchedOn, parameterIn } from "./traits.ts";
import {
    ALLOYDB_INSTANCE,
    AZURE_MYSQL,
    AZURE_POSTGRES,
    AZURE_SQL,
    AZURE_SQL_DATABASE,
    AZURE_SQL_MANAGED,
    CLOUD_SQL,
    DOCDB_CLUSTER,
    NEPTUNE_CLUSTER,
    POSTGRES_PARAMETER,
    RDS_CLUSTER,
    RDS_INSTANCE,
    RDS_MEMBER,
    REDSHIFT_CLUSTER,
    REDSHIFT_NAMESPACE,
} from "./types.ts";

const NOT_EXPORTED = "its log is not sent to where it is kept";
const NOT_LOGGED = "does not log who connects and disconnects";

const CONNECTIONS = ["log_connections", "log_disconnections"] as const;

/** PostgreSQL 18 takes a list of what is logged of a connection in place of a switch. */
const logsConnections = (value: Value): Truth =>
    or(
        isSwitchedOn(value),
        holds(value, value.text(), (text) => /\bauth(?:entication|orization)\b/i.test(text), false),
    );

const isKnown = (log: Value): Truth => holds(log, log.text(), (text) => text !== "", false);

const rdsExports: Check = ({ inputs }) => {
    const exports = inputs.get("enabledCloudwatchLogsExports");
    const postgres = isPostgres(inputs.get("engine"));
    const kept = or(
        some(exports, (log) => isOneOf(log, ["postgresql"], false)),
        and(not(postgres), some(exports, isKnown)),
    );
    return failIf(not(kept), exports, NOT_EXPORTED);
};

/** A check that a list of logs holds some log, or one of these. */
const exportsAny =
    (path: string, logs?: readonly string[]): Check =>
    ({ inputs }) => {
        const exports = inputs.get(path);
        const wanted = (log: Value) =>
            logs === undefined ? isKnown(log) : isOneOf(log, logs, false);
        return failIf(not(some(exports, wanted)), exports, NOT_EXPORTED);
    };

/** On Azure these parameters are on by themselves. */
const azureParameter: Check = ({ inputs }) => {
    const value = inputs.get("value");
    const about = isOneOf(inputs.get("configurationName"), CONNECTIONS, false);
    return failIf(and(about, not(isSwitchedOn(value))), value, NOT_LOGGED);
};

const cloudSqlFlags: Check = ({ inputs }) => {
    const flags = inputs.at("settings.databaseFlags");
    const all = and(...CONNECTIONS.map((name) => parameterIn(flags, name, isSwitchedOn, false)));
    return failIf(and(isCloudSql(inputs, "POSTGRES"), not(all)), flags, NOT_LOGGED);
};

const alloyDbFlags: Check = ({ inputs }) => {
    const flags = inputs.get("databaseFlags");
    const all = and(
        ...CONNECTIONS.map((name) =>
            flags.get(name).state === "absent" ? false : isSwitchedOn(flags.get(name)),
        ),
    );
    return failIf(not(all), flags, NOT_LOGGED);
};

const DIAGNOSTICS = "azure-native:monitor:DiagnosticSetting";
const REDSHIFT_LOGGING = "aws:redshift/logging:Logging";
const AZURE = [AZURE_POSTGRES, AZURE_MYSQL, AZURE_SQL_DATABASE, AZURE_SQL_MANAGED];

/** A setting for metrics only sends no logs. */
const sendsLogs = ({ given }: StackResource): Truth =>
    some(given.get("logs"), (log) => isOn(log.get("enabled"), false));

const SERVER_AUDITS = [
    "azure-native:sql:ServerBlobAuditingPolicy",
    "azure-native:sql:ExtendedServerBlobAuditingPolicy",
];
const DATABASE_AUDITS = [
    "azure-native:sql:DatabaseBlobAuditingPolicy",
    "azure-native:sql:ExtendedDatabaseBlobAuditingPolicy",
];

const isAuditing = ({ given }: StackResource): Truth =>
    isOneOf(given.get("state"), ["enabled"], false);

/** The server of a database of Azure SQL, by reference or by its name in writing. */
function serversOf(stack: Stack, database: StackResource): readonly StackResource[] {
    const referred = stack.targets(database, "serverName");
    const name = database.given.get("serverName").text();
    return referred.length > 0 || name.state !== "known"
        ? referred
        : stack.named(AZURE_SQL, "serverName", name.value);
}

/** Whether Azure SQL is audited beside its diagnostics, at the database or its server; where that leads is not followed. */
function auditedBy(stack: Stack): (database: StackResource) => Truth {
    const atServers = attached(stack, stack.all(AZURE_SQL), {
        types: SERVER_AUDITS,
        input: "serverName",
        names: ["serverName", "name"],
    });
    const atDatabases = attached(stack, stack.all(AZURE_SQL_DATABASE), {
        types: DATABASE_AUDITS,
        input: "databaseName",
        names: ["databaseName", "name"],
    });
    return (database) =>
        database.type === AZURE_SQL_DATABASE &&
        or(
            ...atDatabases.of(database).map(isAuditing),
            ...serversOf(stack, database).flatMap(atServers.of).map(isAuditing),
            maybe(atServers.loose, "serverName"),
            maybe(atDatabases.loose, "databaseName"),
        );
}

/** Servers whose logs nobody takes. */
function azureWithoutDiagnostics(stack: Stack): readonly StackVerdict[] {
    const servers = stack.all(...AZURE);
    const settings = attached(stack, servers, {
        types: [DIAGNOSTICS],
        input: "resourceUri",
        names: ["id"],
    });
    const isAudited = auditedBy(stack);
    return servers.flatMap((server) => {
        const sent = or(
            isAudited(server),
            ...settings.of(server).map(sendsLogs),
            maybe(settings.loose, "resourceUri"),
        );
        return on(server, failIf(not(sent), server.given, NOT_EXPORTED));
    });
}

function redshiftWithoutLogging(stack: Stack): readonly StackVerdict[] {
    const clusters = stack.all(REDSHIFT_CLUSTER);
    const logging = attached(stack, clusters, {
        types: [REDSHIFT_LOGGING],
        input: "clusterIdentifier",
        names: ["clusterIdentifier", "id"],
    });
    return clusters.flatMap((cluster) => {
        const has = or(logging.of(cluster).length > 0, maybe(logging.loose, "clusterIdentifier"));
        return on(cluster, failIf(not(has), cluster.given, NOT_EXPORTED));
    });
}

function rdsWithoutConnections(stack: Stack): readonly StackVerdict[] {
    return stack.all(RDS_INSTANCE, RDS_CLUSTER).flatMap((database) => {
        const logged = CONNECTIONS.map((name) =>
            parameterOfAll(stack, database, name, logsConnections, false),
        );
        const bad = and(isPostgres(database.given.get("engine")), not(and(...logged)));
        return on(database, failIf(bad, groupOf(database), NOT_LOGGED));
    });
}

const checkStack = (stack: Stack): readonly StackVerdict[] => [
    ...azureWithoutDiagnostics(stack),
    ...redshiftWithoutLogging(stack),
    ...rdsWithoutConnections(stack),
];

/** What happens in a database can be read afterwards. */
export const databaseLogExport: Rule = {
    id: "db-log-export",
    title: "A database's log tells who connects, and is kept outside of it.",
    why: "After a theft the log is all there is; inside the server it is short, and whoever got in can end it.",
    clouds: ["aws", "azure", "gcp"],
    pack: "security",
    severity: "medium",
    requirements: {
        "PCI DSS": ["10.2.1"],
        HIPAA: ["164.312(b)"],
        "SOC 2": ["CC7.2", "CC7.3"],
        GDPR: ["32"],
        "CIS GCP": ["6.2.2", "6.2.3"],
    },
    remediation: {
        "aws:rds":
            "Put the engine's log, such as postgresql, into enabledCloudwatchLogsExports; for " +
            "PostgreSQL also set log_connections and log_disconnections to 1 in the parameter group.",
        "aws:neptune": "Put audit into enableCloudwatchLogsExports.",
        "aws:docdb": "Put audit into enabledCloudwatchLogsExports.",
        "aws:redshift": "Add a Logging.",
        "aws:redshiftserverless": "Put the log of connections into logExports.",
        "azure-native": "Add a DiagnosticSetting with logs.",
        "azure-native:dbforpostgresql:Configuration": "Leave the parameter on.",
        "azure-native:sql":
            "Add a DiagnosticSetting with logs, or for a database a ServerBlobAuditingPolicy.",
        gcp: "Add the flags log_connections and log_disconnections.",
    },
    see: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_LogAccess.Concepts.PostgreSQL.html",
    note:
        "Azure logs connections by itself. Cloud SQL and AlloyDB always send their logs to Cloud Logging. Engines other than " +
        "PostgreSQL log connections in ways of their own, and only the export is asked of them.",
    checks: {
        ...forTypes([RDS_INSTANCE, RDS_CLUSTER], rdsExports),
        [NEPTUNE_CLUSTER]: exportsAny("enableCloudwatchLogsExports", ["audit"]),
        [DOCDB_CLUSTER]: exportsAny("enabledCloudwatchLogsExports", ["audit"]),
        [REDSHIFT_NAMESPACE]: exportsAny("logExports"),
        ...forTypes([POSTGRES_PARAMETER], azureParameter),
        [CLOUD_SQL]: cloudSqlFlags,
        [ALLOYDB_INSTANCE]: alloyDbFlags,
    },
    stack: {
        judges: [...AZURE, REDSHIFT_CLUSTER, RDS_INSTANCE, RDS_CLUSTER],
        reads: [
            DIAGNOSTICS,
            AZURE_SQL,
            ...SERVER_AUDITS,
            ...DATABASE_AUDITS,
            REDSHIFT_LOGGING,
            RDS_MEMBER,
            ...PARAMETER_GROUPS,
        ],
        check: checkStack,
    },
};
