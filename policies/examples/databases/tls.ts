import { UNKNOWN, type Example, type StackExample } from "../example.ts";
import {
    ALLOYDB_INSTANCE,
    AURORA,
    breakAt,
    CLOUD_SQL,
    DOCDB,
    forEach,
    missing,
    RDS,
    REDSHIFT,
    SQL_MANAGED,
    SQL_SERVER,
} from "./breaks.ts";

const MODE = "settings.ipConfiguration.sslMode";
const ALLOYDB_MODE = "clientConnectionConfig.sslConfig.sslMode";
const PARAMETERS = [
    "azure-native:dbforpostgresql:Configuration",
    "azure-native:dbformysql:Configuration",
];

export const tlsExamples: Record<string, readonly Example[]> = {
    "db-tls-enforced": [
        {
            type: "aws:rds/proxy:Proxy",
            good: { engineFamily: "POSTGRESQL", requireTls: true },
            breaks: [breakAt("clients need no TLS", "requireTls", false), missing("requireTls")],
            undecided: "requireTls",
        },
        ...forEach(PARAMETERS, {
            good: { configurationName: "require_secure_transport", value: "on" },
            breaks: [breakAt("plain connections are let in", "value", "OFF")],
            undecided: "value",
        }),
        ...forEach(PARAMETERS, {
            good: { configurationName: "ssl_min_protocol_version", value: "TLSv1.2" },
            breaks: [
                breakAt("an old protocol is let in", "value", "TLSv1.1"),
                breakAt("the oldest protocol is let in", "value", "TLSv1"),
            ],
            undecided: "value",
        }),
        {
            type: "azure-native:dbformysql:Configuration",
            good: { configurationName: "tls_version", value: "TLSv1.2,TLSv1.3" },
            breaks: [breakAt("one of the protocols is old", "value", "TLSv1.1,TLSv1.2")],
            undecided: "configurationName",
        },
        ...forEach([SQL_SERVER, SQL_MANAGED], {
            good: { minimalTlsVersion: "1.2" },
            breaks: [
                breakAt("an old protocol is let in", "minimalTlsVersion", "1.0"),
                breakAt("no version is asked for", "minimalTlsVersion", "None"),
            ],
            undecided: "minimalTlsVersion",
        }),
        {
            type: CLOUD_SQL,
            good: { settings: { ipConfiguration: { sslMode: "ENCRYPTED_ONLY" } } },
            breaks: [
                breakAt("both are let in", MODE, "ALLOW_UNENCRYPTED_AND_ENCRYPTED"),
                missing("settings.ipConfiguration", MODE),
            ],
            undecided: MODE,
        },
        {
            type: CLOUD_SQL,
            good: { settings: { connectorEnforcement: "REQUIRED" } },
            breaks: [
                breakAt(
                    "connectors are not required",
                    "settings.connectorEnforcement",
                    "NOT_REQUIRED",
                    MODE,
                ),
            ],
            undecided: "settings",
        },
        {
            type: ALLOYDB_INSTANCE,
            good: { clientConnectionConfig: { sslConfig: { sslMode: "ENCRYPTED_ONLY" } } },
            breaks: [breakAt("both are let in", ALLOYDB_MODE, "ALLOW_UNENCRYPTED_AND_ENCRYPTED")],
            undecided: ALLOYDB_MODE,
        },
    ],
};

const GROUP = "aws:rds/parameterGroup:ParameterGroup";
const forced = (value: string) => [{ name: "rds.force_ssl", value }];

export const tlsStackExamples: Record<string, readonly StackExample[]> = {
    "db-tls-enforced": [
        {
            title: "PostgreSQL with a parameter group",
            good: [
                {
                    name: "database",
                    type: RDS,
                    inputs: {
                        engine: "postgres",
                        engineVersion: "14.9",
                        parameterGroupName: UNKNOWN,
                    },
                    references: { parameterGroupName: ["group"] },
                },
                { name: "group", type: GROUP, inputs: { parameters: forced("1") } },
            ],
            breaks: [
                {
                    title: "the parameter is off",
                    set: ["group", "parameters", forced("0")],
                    at: [["database", "parameterGroupName"]],
                },
                {
                    title: "the parameter is missing, and off in this version",
                    set: ["group", "parameters", undefined],
                    at: [["database", "parameterGroupName"]],
                },
            ],
            undecided: ["database", "parameterGroupName"],
        },
        {
            title: "a version that forces TLS by itself",
            good: [
                {
                    name: "database",
                    type: RDS,
                    inputs: {
                        engine: "postgres",
                        engineVersion: "17",
                        parameterGroupName: "default.postgres17",
                    },
                },
            ],
            breaks: [
                {
                    title: "the version is older",
                    set: ["database", "engineVersion", "14"],
                    at: [["database", "parameterGroupName"]],
                },
                {
                    title: "the engine is MySQL",
                    set: ["database", "engine", "mysql"],
                    at: [["database", "parameterGroupName"]],
                },
            ],
            undecided: ["database", "engineVersion"],
        },
        {
            title: "Aurora MySQL with a group that is named",
            good: [
                {
                    name: "cluster",
                    type: AURORA,
                    inputs: { engine: "aurora-mysql", dbClusterParameterGroupName: "orders" },
                },
                {
                    name: "group",
                    type: "aws:rds/clusterParameterGroup:ClusterParameterGroup",
                    inputs: {
                        name: "orders",
                        parameters: [{ name: "require_secure_transport", value: "ON" }],
                    },
                },
            ],
            breaks: [
                {
                    title: "there is no group",
                    set: ["cluster", "dbClusterParameterGroupName", undefined],
                    at: [["cluster", "dbClusterParameterGroupName"]],
                },
            ],
            undecided: ["cluster", "engine"],
        },
        {
            title: "DocumentDB and Redshift, which force it by themselves",
            good: [
                {
                    name: "documents",
                    type: DOCDB,
                    inputs: { dbClusterParameterGroupName: UNKNOWN },
                    references: { dbClusterParameterGroupName: ["document-group"] },
                },
                {
                    name: "document-group",
                    type: "aws:docdb/clusterParameterGroup:ClusterParameterGroup",
                    inputs: { parameters: [{ name: "tls", value: "tls1.2+" }] },
                },
                {
                    name: "warehouse",
                    type: REDSHIFT,
                    inputs: { clusterParameterGroupName: UNKNOWN },
                    references: { clusterParameterGroupName: ["warehouse-group"] },
                },
                {
                    name: "warehouse-group",
                    type: "aws:redshift/parameterGroup:ParameterGroup",
                    inputs: { parameters: [{ name: "require_ssl", value: "true" }] },
                },
            ],
            breaks: [
                {
                    title: "DocumentDB has it off",
                    set: ["document-group", "parameters[0].value", "disabled"],
                    at: [["documents", "dbClusterParameterGroupName"]],
                },
                {
                    title: "Redshift has the shared group of before",
                    set: ["warehouse", "clusterParameterGroupName", "default.redshift-1.0"],
                    at: [["warehouse", "clusterParameterGroupName"]],
                },
                {
                    title: "Redshift has it off",
                    set: ["warehouse-group", "parameters[0].value", "false"],
                    at: [["warehouse", "clusterParameterGroupName"]],
                },
            ],
        },
    ],
};
