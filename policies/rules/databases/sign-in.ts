import { attached, maybe, type Stack } from "../../runtime/stack.ts";
import type { Value } from "../../runtime/reader.ts";
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
import {
    hasOwnSettings,
    isAzureReplica,
    isCloudSql,
    isCloudSqlReplica,
    isDefault,
    isSwitchedOn,
    parameterIn,
} from "./traits.ts";
import {
    ALLOYDB_CLUSTER,
    ALLOYDB_INSTANCE,
    AZURE_MYSQL,
    AZURE_POSTGRES,
    AZURE_SQL,
    AZURE_SQL_MANAGED,
    CLOUD_SQL,
    DOCDB_CLUSTER,
    FLEXIBLE_SERVERS,
    NEPTUNE_CLUSTER,
    RDS_CLUSTER,
    RDS_INSTANCE,
    REDSHIFT_CLUSTER,
    REDSHIFT_NAMESPACE,
} from "./types.ts";

const PASSWORDS_ONLY = "knows passwords only";

/** Oracle, SQL Server and Db2 have no sign-in by IAM. */
const IAM_ENGINES = /postgres|mysql|mariadb/i;

const awsIam: Check = ({ inputs }) => {
    const enabled = inputs.get("iamDatabaseAuthenticationEnabled");
    const engine = inputs.get("engine");
    const able = holds(engine, engine.text(), (name) => IAM_ENGINES.test(name), true);
    const iam = enabled.state === "absent" ? isDefault(inputs, false) : isOn(enabled, false);
    return failIf(and(able, not(iam)), enabled, PASSWORDS_ONLY);
};

const neptuneIam: Check = ({ inputs }) => {
    const enabled = inputs.get("iamDatabaseAuthenticationEnabled");
    const iam = enabled.state === "absent" ? isDefault(inputs, false) : isOn(enabled, false);
    return failIf(not(iam), enabled, "lets in everybody who reaches it");
};

const postgresEntra: Check = ({ inputs }) => {
    const entra = inputs.at("authConfig.activeDirectoryAuth");
    const bad = and(not(isAzureReplica(inputs)), not(isOneOf(entra, ["enabled"], false)));
    return failIf(bad, entra, PASSWORDS_ONLY);
};

const cloudSqlIam: Check = ({ inputs }) => {
    const flags = inputs.at("settings.databaseFlags");
    const has = (name: string) => parameterIn(flags, name, isSwitchedOn, false);
    const lacks = or(
        and(isCloudSql(inputs, "POSTGRES"), not(has("cloudsql.iam_authentication"))),
        and(isCloudSql(inputs, "MYSQL"), not(has("cloudsql_iam_authentication"))),
    );
    const bad = and(not(isCloudSqlReplica(inputs)), lacks);
    return failIf(and(hasOwnSettings(inputs), bad), flags, PASSWORDS_ONLY);
};

const alloyDbIam: Check = ({ inputs }) => {
    const flags = inputs.get("databaseFlags");
    const flag = flags.get("alloydb.iam_authentication");
    const iam = flag.state === "absent" ? false : isSwitchedOn(flag);
    return failIf(not(iam), flags, PASSWORDS_ONLY);
};

/** Where Azure's administrators stand if not at the server itself. */
const ADMINISTRATORS = {
    [AZURE_MYSQL]: ["azure-native:dbformysql:AzureADAdministrator"],
    [AZURE_SQL]: ["azure-native:sql:ServerAzureADAdministrator"],
} as const;

/** Servers to which an administrator of Microsoft Entra has to be added. */
function azureWithoutAdministrator(stack: Stack): readonly StackVerdict[] {
    return Object.entries(ADMINISTRATORS).flatMap(([type, types]) => {
        const servers = stack.all(type);
        const names = ["serverName", "name"];
        const added = attached(stack, servers, { types, input: "serverName", names });
        return servers.flatMap((server) => {
            const inline = server.given.get("administrators");
            const has = or(
                isPresent(inline),
                added.of(server).length > 0,
                maybe(added.loose, "serverName"),
            );
            const bad = and(not(isAzureReplica(server.given)), not(has));
            return on(server, failIf(bad, server.given, PASSWORDS_ONLY));
        });
    });
}

const IAM_FIX = { iamDatabaseAuthenticationEnabled: true };

/** Identities can sign in without a password. */
export const databaseIamAuthentication: Rule = {
    id: "db-iam-authentication",
    title: "Identities of the cloud can sign in to a database.",
    why: "A password is shared, copied and kept for years; an identity is somebody, and its tokens end within the hour.",
    clouds: ["aws", "azure", "gcp"],
    pack: "security",
    severity: "medium",
    requirements: { "PCI DSS": ["8.2.1"], HIPAA: ["164.312(d)"] },
    analogies: { "SOC 2": ["CC6.1"] },
    remediation: {
        aws: "Set iamDatabaseAuthenticationEnabled to true.",
        "azure-native": "Add an administrator of Microsoft Entra.",
        "azure-native:dbforpostgresql": "Set authConfig.activeDirectoryAuth to Enabled.",
        "gcp:sql":
            "Add the flag cloudsql.iam_authentication, which MySQL calls cloudsql_iam_authentication.",
        "gcp:alloydb": "Add the flag alloydb.iam_authentication.",
    },
    see: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.IAMDBAuth.html",
    note: "Redshift always has it. Oracle, Db2 and SQL Server on RDS and Cloud SQL have none of the kind and are left out.",
    checks: {
        ...forTypes([RDS_INSTANCE, RDS_CLUSTER], awsIam),
        [NEPTUNE_CLUSTER]: neptuneIam,
        [AZURE_POSTGRES]: postgresEntra,
        [CLOUD_SQL]: cloudSqlIam,
        [ALLOYDB_INSTANCE]: alloyDbIam,
    },
    stack: {
        judges: Object.keys(ADMINISTRATORS),
        reads: Object.values(ADMINISTRATORS).flat(),
        check: azureWithoutAdministrator,
    },
    fixes: {
        [RDS_INSTANCE]: setWhereFound(awsIam, IAM_FIX),
        [RDS_CLUSTER]: setWhereFound(awsIam, IAM_FIX),
    },
};

/** Where passwords stand, by type. Names ending in Wo are left out: those are sent and never stored. */
const PASSWORDS: Readonly<Record<string, string>> = {
    [RDS_INSTANCE]: "password",
    [RDS_CLUSTER]: "masterPassword",
    [DOCDB_CLUSTER]: "masterPassword",
    [REDSHIFT_CLUSTER]: "masterPassword",
    [REDSHIFT_NAMESPACE]: "adminUserPassword",
    ...Object.fromEntries(
        [...FLEXIBLE_SERVERS, AZURE_SQL, AZURE_SQL_MANAGED].map((type) => [
            type,
            "administratorLoginPassword",
        ]),
    ),
    [CLOUD_SQL]: "rootPassword",
    "gcp:sql/user:User": "password",
    [ALLOYDB_CLUSTER]: "initialUser.password",
    "gcp:alloydb/user:User": "password",
};

function isPlain(password: Value): Truth {
    const stands = holds(password, password.text(), (text) => text !== "", false);
    const { secrecy } = password;
    return and(stands, secrecy === "unrecorded" ? { unknown: password.path } : secrecy === "plain");
}

const noPlainPassword =
    (path: string): Check =>
    ({ inputs }) =>
        failIf(isPlain(inputs.at(path)), inputs.at(path), "stands in plain text");

/** Passwords are secrets, where there are any. */
export const databaseNoInlinePassword: Rule = {
    id: "db-no-inline-password",
    title: "A database's password does not stand in plain text.",
    why: "A plain password is in the state, in every preview, and in the history of the program for good.",
    clouds: ["aws", "azure", "gcp"],
    pack: "security",
    severity: "high",
    requirements: { "PCI DSS": ["8.3.2", "8.6.3"] },
    analogies: { HIPAA: ["164.312(a)(2)(i)"], "SOC 2": ["CC6.1"] },
    remediation: {
        aws:
            "Let AWS keep it by manageMasterUserPassword, use the write-only input whose name ends in " +
            "Wo, or take it from a RandomPassword or a secret of the configuration.",
        "aws:redshift":
            "Let AWS keep it by manageMasterPassword, use the write-only input whose name ends in Wo, " +
            "or take it from a RandomPassword or a secret of the configuration.",
        "aws:redshiftserverless":
            "Let AWS keep it by manageAdminPassword, use the write-only input whose name ends in Wo, " +
            "or take it from a RandomPassword or a secret of the configuration.",
        "azure-native": "Take it from a RandomPassword or a secret of the configuration.",
        gcp:
            "Use the write-only input whose name ends in Wo, or take it from a RandomPassword or a " +
            "secret of the configuration.",
    },
    see: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-secrets-manager.html",
    note:
        "Only the recorder of the pack knows what is a secret; where it is switched off, the rule stays undecided. Some " +
        "SDKs mark the input as a secret themselves, and then a literal in the program cannot be told from one.",
    checks: Object.fromEntries(
        Object.entries(PASSWORDS).map(([type, path]) => [type, noPlainPassword(path)]),
    ),
};
