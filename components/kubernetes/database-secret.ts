import type { CredentialField } from "../contracts/database.ts";
import type { DATABASE_VARIABLES } from "../lib/reserved.ts";
import type { SecretVariable } from "./pod.ts";

type DatabaseVariable = (typeof DATABASE_VARIABLES)[number];

/** The Secret that holds the credentials in an application's namespace. */
export const SECRET = "database";

/** libpq's variables, by the field of the credentials document that each takes its value from. */
const VARIABLES = {
    host: "PGHOST",
    port: "PGPORT",
    username: "PGUSER",
    password: "PGPASSWORD",
    dbname: "PGDATABASE",
} as const satisfies Record<CredentialField, DatabaseVariable>;

/** The fields that a database's credentials need to have. */
export const CREDENTIAL_FIELDS = Object.keys(VARIABLES);

/** The variables that a container reads from the database's Secret. */
export const SECRET_VARIABLES: readonly SecretVariable[] = Object.entries(VARIABLES).map(
    ([key, name]) => ({ name, secret: SECRET, key }),
);

/**
 * Every cloud's server refuses connections without TLS, and this makes clients ask for it.
 *
 * `require` encrypts and does not prove who the server is: each cloud signs with another authority, which an image
 * would have to know before `verify-full` could work, and Google's certificates do not name the server's address.
 *
 * @see https://www.postgresql.org/docs/current/libpq-ssl.html#LIBPQ-SSL-PROTECTION
 */
export const DATABASE_ENV = {
    PGSSLMODE: "require",
} as const satisfies Partial<Record<DatabaseVariable, string>>;
