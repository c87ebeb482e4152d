import type { DatabaseUse } from "../../settings/application-types.ts";

/** A logical database that a server has to hold, and the variable with its role's verifier. */
export interface Wanted extends Pick<DatabaseUse, "name" | "onRemoval"> {
    readonly variable: string;
}

/** Quotes a name. Names are letters, digits and underscores; quoting keeps PostgreSQL's own words apart from them. */
const identifier = (name: string) => `"${name.replaceAll('"', '""')}"`;
const literal = (text: string) => `'${text.replaceAll("'", "''")}'`;

/**
 * What marks a role, and with it the database of its name, as the platform's, and says what becomes of both.
 *
 * It is a comment on the role: an application owns its database and may comment on it, and on its role it may not.
 */
const MARK = "platform: ";

/** What a role is marked with; the query has to call it `oid`. */
const MARKED = "coalesce(shobj_description(oid, 'pg_authid'), '')";

/** Fails before anything is touched if a name is that of a role or a database without the mark. */
function refuseForeign(names: string): string {
    const message =
        "Role or database %s exists and was not made by the platform. Choose another name, or hand it over: " +
        "make role %I if there is none, COMMENT ON ROLE %I IS ''platform: keep'', and give it what is in the database";
    return `
DO $$
DECLARE taken text;
BEGIN
    FOR taken IN SELECT name FROM unnest(ARRAY[${names}]::name[]) AS name
        WHERE (EXISTS (SELECT FROM pg_database WHERE datname = name)
            OR EXISTS (SELECT FROM pg_roles WHERE rolname = name))
        AND NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name AND ${MARKED} LIKE '${MARK}%')
    LOOP
        RAISE EXCEPTION USING MESSAGE = format('${message}', taken, taken, taken);
    END LOOP;
END $$;
`;
}

/**
 * Its role and its database, made if they are missing. A role is made and marked at once, or neither.
 *
 * The administrator becomes a member of the role: PostgreSQL asks for that of who makes a database for it, from 16 on of
 * who made the role as well.
 */
function ensure({ name, onRemoval, variable }: Wanted): string {
    const role = identifier(name);
    const text = literal(name);
    const mark = literal(MARK + onRemoval);
    return `
\\getenv verifier ${variable}
DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = ${text}) THEN
        CREATE ROLE ${role};
    END IF;
    COMMENT ON ROLE ${role} IS ${mark};
END $$;
ALTER ROLE ${role} LOGIN PASSWORD :'verifier';
GRANT ${role} TO CURRENT_USER;
SELECT 'CREATE DATABASE ${role} OWNER ${role}'
    WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = ${text}) \\gexec
ALTER DATABASE ${role} OWNER TO ${role};
REVOKE ALL ON DATABASE ${role} FROM PUBLIC;
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
        `FROM pg_roles WHERE ${MARKED} = '${MARK}${fate}'` +
        ` AND rolname <> ALL (ARRAY[${names}]::name[])`;
    return `\\set ON_ERROR_STOP on
${refuseForeign(names)}${wanted.map(ensure).join("")}
SELECT format('DROP DATABASE IF EXISTS %I WITH (FORCE)', rolname), format('DROP ROLE %I', rolname)
    ${orphan("drop")} \\gexec
SELECT format('ALTER ROLE %I NOLOGIN', rolname) ${orphan("keep")} \\gexec
SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
    WHERE usename IN (SELECT rolname ${orphan("keep")});
`;
}
