import type * as pulumi from "@pulumi/pulumi";
import type { Cidr } from "../lib/cidr.ts";
import type { Days, Gibibytes } from "../lib/units.ts";
import type { SecretReference, SecretStore } from "./secret-store.ts";

/** Major versions of PostgreSQL that every cloud supports in November 2026. */
export type PostgresVersion = "15" | "16" | "17" | "18";

/**
 * The size of a database server, in vCPU and memory. Each cloud has a table with its class (`sizes.ts`).
 *
 * | size | vCPU | memory | |
 * |---|---|---|---|
 * | micro | shared | 1–2 GiB | no high availability on Azure; never in prod |
 * | small | 2 (shared) | 4 GiB | never in prod |
 * | medium | 2 | 8 GiB | |
 * | large | 4 | 16 GiB | |
 * | xlarge | 8 | 32 GiB | |
 */
export type DatabaseSize = "micro" | "small" | "medium" | "large" | "xlarge";

/** All database sizes, smallest first. */
export const DATABASE_SIZES = [
    "micro",
    "small",
    "medium",
    "large",
    "xlarge",
] as const satisfies DatabaseSize[];

/** The day and hour (UTC) at which the cloud may patch. */
export interface MaintenanceTime {
    readonly day:
        "Monday" | "Tuesday" | "Wednesday" | "Thursday" | "Friday" | "Saturday" | "Sunday";
    /** 0 to 23, UTC. */
    readonly hour: number;
}

/** Every environment's database maintenance: Sunday 04:00 UTC, after the backup at 03:00 (G1.28, G13.9). */
export const DATABASE_MAINTENANCE = { day: "Sunday", hour: 4 } as const satisfies MaintenanceTime;

/** The port that PostgreSQL listens on, on every cloud. */
export const DATABASE_PORT = 5432;

/** What the administrator's password is made of: 32 characters that mean nothing in a URL or a shell (G1.7). */
export const PASSWORD_FORM = {
    length: 32,
    overrideSpecial: "-_.~",
    minLower: 1,
    minUpper: 1,
    minNumeric: 1,
    minSpecial: 1,
} as const;

/** The fields of the document that a database puts into the secret store. */
export type CredentialField = "username" | "password" | "host" | "port" | "dbname";

/** The document that a database puts into the secret store, the only place where its password can be read. */
export function credentialsDocument(
    { username, databaseName }: Pick<DatabaseArgs, "username" | "databaseName">,
    host: pulumi.Output<string>,
    password: pulumi.Output<string>,
): Readonly<Record<CredentialField, pulumi.Input<string>>> {
    return { username, password, host, port: String(DATABASE_PORT), dbname: databaseName };
}

/** A managed PostgreSQL server with one database, reachable only from the site's nodes and only over TLS. */
export interface DatabaseArgs {
    /** The store that the generated password goes to, and the only place it can be read from. */
    readonly secretStore: SecretStore;
    /** The major version. Raising it upgrades in place with downtime; no cloud can lower it. */
    readonly version: PostgresVersion;
    /** Changing it restarts the server. */
    readonly size: DatabaseSize;
    /** The storage at the start. It can grow and never shrinks. */
    readonly storage: Gibibytes;
    /** True if the cloud adds storage before it runs out. */
    readonly storageAutoGrow: boolean;
    /** True if a standby in another zone takes over when the server or its zone is lost. */
    readonly highAvailability: boolean;
    /** How long backups are kept, with point-in-time recovery: 1 to 35 days, on Azure 7 to 35. */
    readonly backupRetention: Days;
    /** True if the cloud and Pulumi both refuse to delete the server. Switch it off in a step of its own. */
    readonly deletionProtection: boolean;
    /**
     * True if a deleted server leaves a last backup: a final snapshot on AWS, which stays until somebody deletes it, and one
     * of 30 days on Google Cloud. Azure keeps the backups of every deleted server for 5 days. It stands apart from
     * `deletionProtection`, which is always off by the time a server can be deleted (G1.29, G1.62).
     */
    readonly finalBackup: boolean;
    /** The name of the database: letters, digits and underscores, a letter first, 63 at most. Changing it replaces the database. */
    readonly databaseName: string;
    /** The name of the administrator; reserved names such as `admin` and `postgres` are refused (G1.27). Changing it replaces the server, on Google Cloud the user. */
    readonly username: string;
}

/** A database that stands. */
export interface Database extends pulumi.ComponentResource {
    readonly host: pulumi.Output<string>;
    /** Always `DATABASE_PORT`. */
    readonly port: number;
    readonly databaseName: string;
    /** Where the credentials document stands; never what it holds. */
    readonly credentials: SecretReference;
    /** The blocks its address lies in, for network policies. */
    readonly cidrs: readonly Cidr[];
}
