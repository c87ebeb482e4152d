import { attached, maybe, type Stack, type StackResource } from "../../runtime/stack.ts";
import type { Value } from "../../runtime/reader.ts";
import { and, failIf, holds, isOneOf, not, or, type Truth } from "../../runtime/truth.ts";
import { on, type Check, type Rule, type StackVerdict } from "../rule.ts";
import { groupOf, parameterOfAll, PARAMETER_GROUPS } from "./parameters.ts";
import { isAzureReplica, isCloudSql, isPostgres, isSwitchedOn, parameterIn } from "./traits.ts";
import {
    ALLOYDB_INSTANCE,
    AZURE_POSTGRES,
    CLOUD_SQL,
    POSTGRES_PARAMETER,
    RDS_CLUSTER,
    RDS_INSTANCE,
    RDS_MEMBER,
} from "./types.ts";

const UNAUDITED = "statements are not audited";

/** Libraries are listed with commas between them. */
const isLoaded = (libraries: Value): Truth =>
    holds(libraries, libraries.text(), (text) => /(?:^|,)\s*pgaudit\s*(?:,|$)/i.test(text), false);

/** What is audited; nothing is by default. */
const isChosen = (classes: Value): Truth =>
    holds(classes, classes.text(), (text) => !/^\s*(?:none)?\s*$/i.test(text), false);

const cloudSqlAudit: Check = ({ inputs }) => {
    const flags = inputs.at("settings.databaseFlags");
    const audited = and(
        parameterIn(flags, "cloudsql.enable_pgaudit", isSwitchedOn, false),
        parameterIn(flags, "pgaudit.log", isChosen, false),
    );
    return failIf(and(isCloudSql(inputs, "POSTGRES"), not(audited)), flags, UNAUDITED);
};

const alloyDbAudit: Check = ({ inputs }) => {
    const flags = inputs.get("databaseFlags");
    const enabled = flags.get("alloydb.enable_pgaudit");
    const audited = and(
        enabled.state === "absent" ? false : isSwitchedOn(enabled),
        isChosen(flags.get("pgaudit.log")),
    );
    return failIf(not(audited), flags, UNAUDITED);
};

function rdsWithoutAudit(stack: Stack): readonly StackVerdict[] {
    return stack.all(RDS_INSTANCE, RDS_CLUSTER).flatMap((database) => {
        const audited = and(
            parameterOfAll(stack, database, "shared_preload_libraries", isLoaded, false),
            parameterOfAll(stack, database, "pgaudit.log", isChosen, false),
        );
        const bad = and(isPostgres(database.given.get("engine")), not(audited));
        return on(database, failIf(bad, groupOf(database), UNAUDITED));
    });
}

/** Whether one of a server's parameters has a name and a value that satisfies a test. */
function isSet(
    parameters: readonly StackResource[],
    name: string,
    test: (value: Value) => Truth,
): Truth {
    return or(
        ...parameters.map(({ given }) =>
            and(isOneOf(given.get("configurationName"), [name], false), test(given.get("value"))),
        ),
    );
}

function azureWithoutAudit(stack: Stack): readonly StackVerdict[] {
    const servers = stack.all(AZURE_POSTGRES);
    const parameters = attached(stack, servers, {
        types: [POSTGRES_PARAMETER],
        input: "serverName",
        names: ["serverName", "name"],
    });
    return servers.flatMap((server) => {
        const own = parameters.of(server);
        const loose = maybe(parameters.loose, "serverName");
        const audited = and(
            or(isSet(own, "shared_preload_libraries", isLoaded), loose),
            or(isSet(own, "pgaudit.log", isChosen), loose),
        );
        const bad = and(not(isAzureReplica(server.given)), not(audited));
        return on(server, failIf(bad, server.given, UNAUDITED));
    });
}

/** Statements in PostgreSQL leave a trace. */
export const databasePgaudit: Rule = {
    id: "db-pgaudit",
    title: "PostgreSQL audits statements with pgAudit.",
    why: "The log of connections says who was there, but only an audit says which rows were read and what was changed.",
    clouds: ["aws", "azure", "gcp"],
    pack: "security",
    severity: "medium",
    requirements: { "PCI DSS": ["10.2.1", "10.2.2"], "CIS GCP": ["6.2.8"] },
    analogies: { HIPAA: ["164.312(b)"] },
    remediation: {
        aws:
            "Put pgaudit into shared_preload_libraries and choose classes with pgaudit.log, such as " +
            "ddl, role. That needs a restart, and `CREATE EXTENSION pgaudit` in each database.",
        "azure-native":
            "Put pgaudit into shared_preload_libraries and choose classes with pgaudit.log, such as " +
            "ddl, role. That needs a restart, and `CREATE EXTENSION pgaudit` in each database, which " +
            "Azure lets through once azure.extensions holds it.",
        "gcp:sql":
            "Add the flags cloudsql.enable_pgaudit and pgaudit.log. That needs a restart, and `CREATE " +
            "EXTENSION pgaudit` in each database.",
        "gcp:alloydb":
            "Add the flags alloydb.enable_pgaudit and pgaudit.log. That needs a restart, and `CREATE " +
            "EXTENSION pgaudit` in each database.",
    },
    see: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Appendix.PostgreSQL.CommonDBATasks.pgaudit.html",
    note: "Only PostgreSQL is judged. pgaudit.log is asked for too, because loading the library alone audits nothing.",
    checks: { [CLOUD_SQL]: cloudSqlAudit, [ALLOYDB_INSTANCE]: alloyDbAudit },
    stack: {
        judges: [RDS_INSTANCE, RDS_CLUSTER, AZURE_POSTGRES],
        reads: [POSTGRES_PARAMETER, RDS_MEMBER, ...PARAMETER_GROUPS],
        check: (stack) => [...rdsWithoutAudit(stack), ...azureWithoutAudit(stack)],
    },
};
