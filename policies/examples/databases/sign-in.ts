import { UNKNOWN, type Example, type StackExample } from "../example.ts";
import {
    ALLOYDB,
    ALLOYDB_INSTANCE,
    AURORA,
    breakAt,
    CLOUD_SQL,
    DOCDB,
    forEach,
    missing,
    MYSQL,
    NEPTUNE,
    POSTGRES,
    RDS,
    REDSHIFT,
    SQL_MANAGED,
    SQL_SERVER,
} from "./breaks.ts";

const IAM = "iamDatabaseAuthenticationEnabled";
const FLAGS = "settings.databaseFlags";
const ENTRA = "authConfig.activeDirectoryAuth";

/** A password that may stand at a path. */
function password(type: string, path: string): Example {
    return {
        type,
        good: { name: "orders" },
        breaks: [breakAt("it stands there", path, "correct-horse-battery")],
        undecided: path,
    };
}

export const signInExamples: Record<string, readonly Example[]> = {
    "db-iam-authentication": [
        ...forEach([RDS, AURORA, NEPTUNE], {
            good: { engine: "postgres", [IAM]: true },
            breaks: [breakAt("it is off", IAM, false), missing(IAM)],
            undecided: IAM,
        }),
        {
            type: POSTGRES,
            good: { authConfig: { activeDirectoryAuth: "Enabled" } },
            breaks: [breakAt("it is off", ENTRA, "Disabled"), missing("authConfig", ENTRA)],
            undecided: ENTRA,
        },
        {
            type: CLOUD_SQL,
            good: {
                databaseVersion: "POSTGRES_17",
                settings: {
                    databaseFlags: [{ name: "cloudsql.iam_authentication", value: "on" }],
                },
            },
            breaks: [
                breakAt("it is off", `${FLAGS}[0].value`, "off", FLAGS),
                missing(FLAGS),
                breakAt(
                    "the flag is MySQL's",
                    `${FLAGS}[0].name`,
                    "cloudsql_iam_authentication",
                    FLAGS,
                ),
            ],
            undecided: FLAGS,
        },
        {
            type: CLOUD_SQL,
            good: {
                databaseVersion: "MYSQL_8_4",
                settings: {
                    databaseFlags: [{ name: "cloudsql_iam_authentication", value: "on" }],
                },
            },
            breaks: [missing("settings", FLAGS)],
            undecided: FLAGS,
        },
        {
            type: ALLOYDB_INSTANCE,
            good: { databaseFlags: { "alloydb.iam_authentication": "on" } },
            breaks: [missing("databaseFlags")],
            undecided: "databaseFlags",
        },
    ],
    "db-no-inline-password": [
        password(RDS, "password"),
        password(AURORA, "masterPassword"),
        password(DOCDB, "masterPassword"),
        password(REDSHIFT, "masterPassword"),
        password("aws:redshiftserverless/namespace:Namespace", "adminUserPassword"),
        ...[POSTGRES, MYSQL, SQL_SERVER, SQL_MANAGED].map((type) =>
            password(type, "administratorLoginPassword"),
        ),
        password(CLOUD_SQL, "rootPassword"),
        password("gcp:sql/user:User", "password"),
        password(ALLOYDB, "initialUser.password"),
        password("gcp:alloydb/user:User", "password"),
    ],
};

/** A server and its administrator, each with a type. */
function administered(server: string, administrator: string): StackExample {
    return {
        title: `${server} with an administrator`,
        good: [
            { name: "server", type: server, inputs: {} },
            {
                name: "administrator",
                type: administrator,
                inputs: { serverName: UNKNOWN },
                references: { serverName: ["server"] },
            },
        ],
        breaks: [{ title: "there is none", remove: "administrator", at: [["server", ""]] }],
        undecided: ["administrator", "serverName"],
    };
}

export const signInStackExamples: Record<string, readonly StackExample[]> = {
    "db-iam-authentication": [
        administered(MYSQL, "azure-native:dbformysql:AzureADAdministrator"),
        administered(SQL_SERVER, "azure-native:sql:ServerAzureADAdministrator"),
    ],
};
