import type { Stack, StackResource } from "../../runtime/stack.ts";
import type { Value } from "../../runtime/reader.ts";
import { and, failIf, holds, isOn, isOneOf, not, or, type Truth } from "../../runtime/truth.ts";
import { setWhereFound } from "../fixes.ts";
import { forTypes, on, type Check, type Rule, type StackVerdict } from "../rule.ts";
import { groupOf, parameterOf, PARAMETER_GROUPS } from "./parameters.ts";
import { hasOwnSettings, isSwitchedOn } from "./traits.ts";
import {
    ALLOYDB_INSTANCE,
    AZURE_SQL,
    AZURE_SQL_MANAGED,
    CLOUD_SQL,
    DOCDB_CLUSTER,
    MYSQL_PARAMETER,
    POSTGRES_PARAMETER,
    RDS_CLUSTER,
    RDS_INSTANCE,
    RDS_PROXY,
    REDSHIFT_CLUSTER,
} from "./types.ts";

/** A parameter that forces TLS, and the first version in which it is on by itself. */
interface Force {
    readonly parameter: string;
    readonly onSince: number;
}

const NEVER = Number.POSITIVE_INFINITY;

/** By the beginning of the engine's name; longer names first. */
const FORCES: readonly (readonly [engine: string, Force])[] = [
    ["aurora-postgresql", { parameter: "rds.force_ssl", onSince: 17 }],
    ["postgres", { parameter: "rds.force_ssl", onSince: 15 }],
    ["aurora-mysql", { parameter: "require_secure_transport", onSince: NEVER }],
    ["mysql", { parameter: "require_secure_transport", onSince: NEVER }],
    ["mariadb", { parameter: "require_secure_transport", onSince: 11.8 }],
    ["sqlserver", { parameter: "rds.force_ssl", onSince: NEVER }],
];

/** Whether an engine forces TLS by itself. Without a version, the cloud takes one of the newest. */
function forcesByItself(version: Value, { onSince }: Force): Truth {
    return holds(
        version,
        version.text(),
        (text) => {
            const major = Number.parseFloat(text);
            return Number.isNaN(major) ? { unknown: version.path } : major >= onSince;
        },
        onSince !== NEVER,
    );
}

function rdsForcesTls(stack: Stack, database: StackResource): Truth {
    const { given } = database;
    const engine = given.get("engine");
    return holds(
        engine,
        engine.text(),
        (name) => {
            const force = FORCES.find(([start]) => name.toLowerCase().startsWith(start))?.[1];
            if (force === undefined) return { unknown: engine.path };
            const byItself = forcesByItself(given.get("engineVersion"), force);
            return parameterOf(stack, database, force.parameter, isSwitchedOn, byItself);
        },
        // A copy has its source's engine.
        { unknown: engine.path },
    );
}

const DOCDB_OFF = ["disabled"];

function forcesTls(stack: Stack, database: StackResource): Truth {
    switch (database.type) {
        case DOCDB_CLUSTER:
            return parameterOf(
                stack,
                database,
                "tls",
                (value) => not(isOneOf(value, DOCDB_OFF, false)),
                true,
            );
        case REDSHIFT_CLUSTER:
            // On by itself in the parameter groups of new clusters since January 2025, but not in the shared one of before.
            return parameterOf(
                stack,
                database,
                "require_ssl",
                isSwitchedOn,
                not(isOneOf(groupOf(database), ["default.redshift-1.0"], false)),
            );
        default:
            return rdsForcesTls(stack, database);
    }
}

function databasesWithoutTls(stack: Stack): readonly StackVerdict[] {
    return stack
        .all(...PARAMETERISED)
        .flatMap((database) =>
            on(
                database,
                failIf(
                    not(forcesTls(stack, database)),
                    groupOf(database),
                    "does not force clients to use TLS",
                ),
            ),
        );
}

const PARAMETERISED = [RDS_INSTANCE, RDS_CLUSTER, DOCDB_CLUSTER, REDSHIFT_CLUSTER];

const PLAIN = "lets clients connect without TLS";

/** A proxy speaks for its clients, so that what the database forces does not reach them. */
const proxyTls: Check = ({ inputs }) => {
    const required = inputs.get("requireTls");
    return failIf(not(isOn(required, false)), required, PLAIN);
};

const OLD = "lets clients use TLS older than 1.2";

const OLD_TLS = /\bTLSv1(?:\.[01])?(?![.\d])/i;

const azureParameter: Check = ({ inputs }) => {
    const name = inputs.get("configurationName");
    const value = inputs.get("value");
    const old = holds(value, value.text(), (text) => OLD_TLS.test(text), false);
    const versions = ["ssl_min_protocol_version", "tls_version"];
    return [
        ...failIf(
            and(isOneOf(name, ["require_secure_transport"], false), not(isSwitchedOn(value))),
            value,
            PLAIN,
        ),
        ...failIf(and(isOneOf(name, versions, false), old), value, OLD),
    ];
};

const azureSqlTls: Check = ({ inputs }) => {
    const version = inputs.get("minimalTlsVersion");
    return failIf(not(isOneOf(version, ["1.2", "1.3"], true)), version, OLD);
};

const ENFORCED = ["encrypted_only", "trusted_client_certificate_required"];

const cloudSqlTls: Check = ({ inputs }) => {
    const settings = inputs.get("settings");
    const mode = settings.at("ipConfiguration.sslMode");
    const forced = or(
        isOneOf(mode, ENFORCED, false),
        // Connectors bring TLS with them, and then nothing else gets in.
        isOneOf(settings.get("connectorEnforcement"), ["required"], false),
    );
    return failIf(and(hasOwnSettings(inputs), not(forced)), mode, PLAIN);
};

const alloyDbTls: Check = ({ inputs }) => {
    const mode = inputs.at("clientConnectionConfig.sslConfig.sslMode");
    return failIf(not(isOneOf(mode, ["encrypted_only"], true)), mode, PLAIN);
};

/** Databases refuse clients that do not encrypt. */
export const databaseTlsEnforced: Rule = {
    id: "db-tls-enforced",
    title: "A database refuses clients that do not use TLS 1.2 or newer.",
    why: "Where TLS is a choice of the client, one old driver sends a password and rows in the clear.",
    clouds: ["aws", "azure", "gcp"],
    pack: "security",
    severity: "high",
    requirements: {
        "PCI DSS": ["4.2.1"],
        HIPAA: ["164.312(e)(1)", "164.312(e)(2)(ii)"],
        "SOC 2": ["CC6.6", "CC6.7"],
        "CIS GCP": ["6.4"],
    },
    analogies: { GDPR: ["32"] },
    remediation: {
        "aws:rds":
            "Name a parameter group with rds.force_ssl (PostgreSQL, SQL Server) or " +
            "require_secure_transport (MySQL, MariaDB) set to 1.",
        "aws:rds/proxy": "Set requireTls to true.",
        "aws:docdb": "Leave tls enabled in the parameter group.",
        "aws:redshift": "Name a parameter group that leaves require_ssl true.",
        "azure-native": "Leave require_secure_transport on and the least version at TLSv1.2.",
        "azure-native:sql": "Set minimalTlsVersion to 1.2, or leave it out.",
        "gcp:sql": "Set settings.ipConfiguration.sslMode to ENCRYPTED_ONLY.",
        "gcp:alloydb": "Set clientConnectionConfig.sslConfig.sslMode to ENCRYPTED_ONLY.",
    },
    see: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/PostgreSQL.Concepts.General.SSL.html",
    note:
        "The parameter is on by itself in PostgreSQL from 15 on RDS and 17 on Aurora, in MariaDB from 11.8, and on Azure. " +
        "Oracle and Db2 set it in option groups, which are not read, so they stay undecided. Neptune always uses TLS.",
    checks: {
        [RDS_PROXY]: proxyTls,
        ...forTypes([POSTGRES_PARAMETER, MYSQL_PARAMETER], azureParameter),
        ...forTypes([AZURE_SQL, AZURE_SQL_MANAGED], azureSqlTls),
        [CLOUD_SQL]: cloudSqlTls,
        [ALLOYDB_INSTANCE]: alloyDbTls,
    },
    stack: { judges: PARAMETERISED, reads: PARAMETER_GROUPS, check: databasesWithoutTls },
    fixes: {
        [RDS_PROXY]: setWhereFound(proxyTls, { requireTls: true }),
        ...Object.fromEntries(
            [AZURE_SQL, AZURE_SQL_MANAGED].map((type) => [
                type,
                setWhereFound(azureSqlTls, { minimalTlsVersion: "1.2" }),
            ]),
        ),
        [CLOUD_SQL]: setWhereFound(cloudSqlTls, {
            "settings.ipConfiguration.sslMode": "ENCRYPTED_ONLY",
        }),
        [ALLOYDB_INSTANCE]: setWhereFound(alloyDbTls, {
            "clientConnectionConfig.sslConfig.sslMode": "ENCRYPTED_ONLY",
        }),
    },
};
