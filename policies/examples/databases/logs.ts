import { UNKNOWN, type Example, type StackExample } from "../example.ts";
import {
    ALLOYDB_INSTANCE,
    AURORA,
    breakAt,
    CLOUD_SQL,
    DOCDB,
    forEach,
    missing,
    NEPTUNE,
    POSTGRES,
    RDS,
    REDSHIFT,
} from "./breaks.ts";
import { azureLogStackExamples } from "./logs-azure.ts";

const EXPORTS = "enabledCloudwatchLogsExports";
const FLAGS = "settings.databaseFlags";
const ON = [
    { name: "log_connections", value: "on" },
    { name: "log_disconnections", value: "on" },
];
const AUDIT = [
    { name: "cloudsql.enable_pgaudit", value: "on" },
    { name: "pgaudit.log", value: "ddl,role" },
];

export const logExamples: Record<string, readonly Example[]> = {
    "db-log-export": [
        ...forEach([RDS, AURORA], {
            good: { engine: "aurora-postgresql", [EXPORTS]: ["upgrade", "postgresql"] },
            breaks: [breakAt("only upgrades are sent", EXPORTS, ["upgrade"]), missing(EXPORTS)],
            undecided: EXPORTS,
        }),
        {
            type: RDS,
            good: { engine: "mysql", [EXPORTS]: ["audit"] },
            breaks: [breakAt("nothing is sent", EXPORTS, [])],
            undecided: EXPORTS,
        },
        {
            type: NEPTUNE,
            good: { enableCloudwatchLogsExports: ["audit"] },
            breaks: [missing("enableCloudwatchLogsExports")],
            undecided: "enableCloudwatchLogsExports",
        },
        {
            type: DOCDB,
            good: { [EXPORTS]: ["audit"] },
            breaks: [breakAt("the audit log stays", EXPORTS, ["profiler"])],
            undecided: EXPORTS,
        },
        {
            type: "aws:redshiftserverless/namespace:Namespace",
            good: { logExports: ["userlog"] },
            breaks: [missing("logExports")],
            undecided: "logExports",
        },
        {
            type: "azure-native:dbforpostgresql:Configuration",
            good: { configurationName: "log_connections", value: "on" },
            breaks: [breakAt("it is off", "value", "off")],
            undecided: "value",
        },
        {
            type: CLOUD_SQL,
            good: { databaseVersion: "POSTGRES_17", settings: { databaseFlags: ON } },
            breaks: [
                breakAt("one is off", `${FLAGS}[1].value`, "off", FLAGS),
                missing("settings", FLAGS),
            ],
            undecided: FLAGS,
        },
        {
            type: ALLOYDB_INSTANCE,
            good: { databaseFlags: { log_connections: "on", log_disconnections: "on" } },
            breaks: [
                breakAt("one is off", "databaseFlags.log_connections", "off", "databaseFlags"),
                missing("databaseFlags"),
            ],
            undecided: "databaseFlags",
        },
    ],
    "db-pgaudit": [
        {
            type: CLOUD_SQL,
            good: { databaseVersion: "POSTGRES_17", settings: { databaseFlags: AUDIT } },
            breaks: [
                breakAt("it is off", `${FLAGS}[0].value`, "off", FLAGS),
                breakAt("it audits nothing", `${FLAGS}[1].value`, "none", FLAGS),
                missing(FLAGS),
            ],
            undecided: FLAGS,
        },
        {
            type: ALLOYDB_INSTANCE,
            good: { databaseFlags: { "alloydb.enable_pgaudit": "on", "pgaudit.log": "all" } },
            breaks: [missing("databaseFlags")],
            undecided: "databaseFlags",
        },
    ],
};

const GROUP = "aws:rds/parameterGroup:ParameterGroup";
const database = {
    name: "database",
    type: RDS,
    inputs: { engine: "postgres", parameterGroupName: UNKNOWN },
    references: { parameterGroupName: ["group"] },
};
const AT_GROUP = [["database", "parameterGroupName"]] as const;
const parameter = (name: string, value: string) => ({
    name,
    type: "azure-native:dbforpostgresql:Configuration",
    inputs: { serverName: UNKNOWN, configurationName: name, value },
    references: { serverName: ["server"] },
});

export const logStackExamples: Record<string, readonly StackExample[]> = {
    "db-log-export": [
        {
            title: "parameters that log connections",
            good: [database, { name: "group", type: GROUP, inputs: { parameters: ON } }],
            breaks: [
                {
                    title: "one is off",
                    set: ["group", "parameters[0].value", "0"],
                    at: AT_GROUP,
                },
                { title: "one is missing", set: ["group", "parameters", []], at: AT_GROUP },
            ],
            undecided: ["database", "parameterGroupName"],
        },
        {
            title: "parameters as PostgreSQL 18 takes them",
            good: [
                database,
                {
                    name: "group",
                    type: GROUP,
                    inputs: {
                        parameters: [
                            { name: "log_connections", value: "receipt,authentication" },
                            { name: "log_disconnections", value: "1" },
                        ],
                    },
                },
            ],
            breaks: [
                {
                    title: "only that somebody came is logged, not who",
                    set: ["group", "parameters[0].value", "receipt"],
                    at: AT_GROUP,
                },
            ],
        },
        ...azureLogStackExamples,
        {
            title: "a warehouse with logging",
            good: [
                { name: "warehouse", type: REDSHIFT, inputs: {} },
                {
                    name: "logging",
                    type: "aws:redshift/logging:Logging",
                    inputs: { clusterIdentifier: UNKNOWN },
                    references: { clusterIdentifier: ["warehouse"] },
                },
            ],
            breaks: [{ title: "there is none", remove: "logging", at: [["warehouse", ""]] }],
            undecided: ["logging", "clusterIdentifier"],
        },
    ],
    "db-pgaudit": [
        {
            title: "parameters that load and choose it",
            good: [
                database,
                {
                    name: "group",
                    type: GROUP,
                    inputs: {
                        parameters: [
                            {
                                name: "shared_preload_libraries",
                                value: "pg_stat_statements,pgaudit",
                            },
                            { name: "pgaudit.log", value: "ddl,role" },
                        ],
                    },
                },
            ],
            breaks: [
                {
                    title: "it is not loaded",
                    set: ["group", "parameters[0].value", "pg_stat_statements"],
                    at: AT_GROUP,
                },
                {
                    title: "it audits nothing",
                    set: ["group", "parameters[1].value", "none"],
                    at: AT_GROUP,
                },
            ],
            undecided: ["database", "parameterGroupName"],
        },
        {
            title: "a server with parameters",
            good: [
                { name: "server", type: POSTGRES, inputs: {} },
                parameter("shared_preload_libraries", "pgaudit"),
                parameter("pgaudit.log", "write"),
            ],
            breaks: [
                {
                    title: "nothing is chosen",
                    remove: "pgaudit.log",
                    at: [["server", ""]],
                },
                {
                    title: "another library is loaded",
                    set: ["shared_preload_libraries", "value", "pg_cron"],
                    at: [["server", ""]],
                },
            ],
            undecided: ["pgaudit.log", "value"],
        },
    ],
};
