import type { DatabaseUse } from "../../settings/application-types.ts";

/** A logical database that a server has to hold, and the variable with its role's verifier. */
export interface Wanted extends Pick<DatabaseUse, "name" | "onRemoval"> {
    readonly variable: string;
}

/** Quotes a name. Names are letters, digits and underscores; quoting keeps PostgreSQL's own words apart from them. */
const identifier = (name: string) => `"${name.replaceAll('"', '""')}"`;
const literal = (text: string) => `'${text.replaceAll("'", "''")}'`;

/** What marks a database as the platform's, and says what becomes of it. */
const MARK = "platform: ";

/** Fails before anything is touched if a name is taken by a database without the mark. */
function refuseForeign(names: string): string {
    const message =
        "Database %s exists and was not made by the platform. Choose another name, or hand it over: " +
        "COMMENT ON DATABASE %I IS ''platform: keep''";
    return `
DO $$
DECLARE taken text;
BEGIN
    FOR taken IN SELECT datname FROM pg_database WHERE datname = ANY (ARRAY[${names}]::name[])
        AND coalesce(shobj_description(oid, 'pg_database'), '') NOT LIKE '${MARK}%'
    LOOP
        RAISE EXCEPTION USING MESSAGE = format('${message}', taken, taken);
    END LOOP;
END $$;
`;
}

/** Its role and its database, made if they are missing. */
function ensure({ name, onRemoval, variable }: Wanted): string {
    const role = identifier(name);
    const text = literal(name);
    return `
\\getenv verifier ${variable}
SELECT 'CREATE ROLE ${role}' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = ${text}) \\gexec
ALTER ROLE ${role} LOGIN PASSWORD :'verifier';
GRANT ${role} TO CURRENT_USER;
SELECT 'CREATE DATABASE ${role} OWNER ${role}'
    WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = ${text}) \\gexec
REVOKE ALL ON DATABASE ${role} FROM PUBLIC;
COMMENT ON DATABASE ${role} IS ${literal(MARK + onRemoval)};
`;
}

/**
 * What brings a server's logical databases to what is wanted, for psql: each application's role and database, and of those
 * that nobody wants any more the ones that were to be dropped are dropped, the others kept with their role shut out.
 *
 * It can run again at any time. No password stands in it or in what it sends: roles get verifiers from the environment.
 */
export function databaseScript(wanted: readonly Wanted[]): string {
    const names = wanted.map(({ name }) => literal(name)).join(", ");
    const orphan = (fate: DatabaseUse["onRemoval"]) =>
        `FROM pg_database WHERE shobj_description(oid, 'pg_database') = '${MARK}${fate}'` +
        ` AND datname <> ALL (ARRAY[${names}]::name[])`;
    return `\\set ON_ERROR_STOP on
${refuseForeign(names)}${wanted.map(ensure).join("")}
SELECT format('DROP DATABASE %I WITH (FORCE)', datname), format('DROP ROLE IF EXISTS %I', datname)
    ${orphan("drop")} \\gexec
SELECT format('ALTER ROLE %I NOLOGIN', datname) ${orphan("keep")} \\gexec
SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename <> CURRENT_USER
    AND datname IN (SELECT datname ${orphan("keep")});
`;
}
