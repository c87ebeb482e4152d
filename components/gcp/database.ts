import * as pulumi from "@pulumi/pulumi";
import { Database as SqlDatabase } from "@pulumi/gcp/sql/database.js";
import { DatabaseInstance } from "@pulumi/gcp/sql/databaseInstance.js";
import { User } from "@pulumi/gcp/sql/user.js";
import { RandomPassword } from "@pulumi/random/randomPassword.js";
import type { Database, DatabaseArgs } from "../contracts/database.ts";
import { DATABASE_PORT, PASSWORD_FORM, credentialsDocument } from "../contracts/database.ts";
import type { SecretReference } from "../contracts/secret-store.ts";
import type { Cidr } from "../lib/cidr.ts";
import { refuse } from "../lib/errors.ts";
import type { Problem } from "../lib/problem.ts";
import { type Gibibytes, amount } from "../lib/units.ts";
import { instanceSettings } from "./database-settings.ts";
import type { GcpFoundation } from "./foundation.ts";
import { type EncryptionKey, encryptionKey } from "./kms.ts";
import type { GcpNetwork } from "./network.ts";
import type { GcpSecretStore } from "./secret-store.ts";
import { RECOVERY_DAYS, TIERS, editionFor } from "./sizes.ts";

export interface GcpDatabaseArgs extends DatabaseArgs {
    readonly foundation: GcpFoundation;
    readonly network: GcpNetwork;
    readonly secretStore: GcpSecretStore;
    /**
     * Where automatic growth ends.
     *
     * @default no end
     */
    readonly maxStorage?: Gibibytes;
}

/**
 * A Cloud SQL instance for PostgreSQL with a private address only, TLS only, and the customer's key.
 *
 * Up to 7 days of recovery it is of the edition Enterprise. For more, only Enterprise Plus goes far enough back; it
 * starts at 16 GiB of memory and costs accordingly. Crossing the 7 days changes the edition with a short downtime.
 *
 * With automatic growth, `storage` only counts at the start: the instance grows by itself, and a later change of the
 * number is left aside, or it would undo the growth. Before switching growth off, write into `storage` what the disk
 * has become: Google's provider replaces an instance whose disk is to shrink. Cloud SQL keeps an instance's name for a
 * week after its deletion, so the name ends in random digits.
 *
 * Another `username` makes another user and leaves the old one, who owns the tables, with the same password: hand over
 * what it owns (`REASSIGN OWNED`), then drop it.
 */
export class GcpDatabase extends pulumi.ComponentResource implements Database {
    readonly host: pulumi.Output<string>;
    readonly port = DATABASE_PORT;
    readonly databaseName: string;
    readonly credentials: SecretReference;
    readonly cidrs: readonly Cidr[];
    /** The instance itself. */
    readonly resource: DatabaseInstance;

    constructor(name: string, args: GcpDatabaseArgs, opts?: pulumi.ComponentResourceOptions) {
        super("platform:gcp:Database", name, {}, opts);
        refuse(this, name, checkArgs(args));
        const within = { parent: this };
        this.databaseName = args.databaseName;
        this.cidrs = [args.network.ranges.databases];

        this.resource = makeInstance(name, args, within);
        this.host = this.resource.privateIpAddress;
        const password = new RandomPassword(`${name}-password`, PASSWORD_FORM, within).result;
        makeContents(name, args, this.resource, password, within);
        this.credentials = args.secretStore.put(
            `${name}-credentials`,
            credentialsDocument(args, this.host, password),
            within,
        );
        this.registerOutputs({ host: this.host });
    }
}

function checkArgs({ size, backupRetention, storage, maxStorage }: GcpDatabaseArgs): Problem[] {
    const problems: Problem[] = [];
    if (TIERS[editionFor(amount(backupRetention))][size] === undefined) {
        problems.push({
            path: "backupRetention",
            value: backupRetention,
            message: `is more than the ${RECOVERY_DAYS.ENTERPRISE} days that Cloud SQL can recover at size ${size}`,
            fix: `Lower it to ${RECOVERY_DAYS.ENTERPRISE} days, or choose size medium or larger`,
        });
    }
    if (maxStorage !== undefined && amount(maxStorage) < amount(storage)) {
        problems.push({
            path: "maxStorage",
            value: maxStorage,
            message: `is below storage, which is ${storage}`,
            fix: "Raise maxStorage or lower storage",
        });
    }
    return problems;
}

function databaseKey(
    name: string,
    { foundation, deletionProtection }: GcpDatabaseArgs,
    opts: pulumi.CustomResourceOptions,
): EncryptionKey {
    const users = { sql: foundation.agents.sql };
    return encryptionKey(`${name}-key`, { foundation, users, deletionProtection }, opts);
}

function makeInstance(
    name: string,
    args: GcpDatabaseArgs,
    opts: pulumi.CustomResourceOptions,
): DatabaseInstance {
    const { foundation, network, deletionProtection } = args;
    const { connection, range } = network.databaseAccess;
    const key = databaseKey(name, args, opts);
    return new DatabaseInstance(
        name,
        {
            region: foundation.region,
            databaseVersion: `POSTGRES_${args.version}`,
            encryptionKeyName: key.id,
            deletionProtection,
            settings: {
                ...instanceSettings(args),
                userLabels: { ...foundation.labels },
                ipConfiguration: {
                    ipv4Enabled: false,
                    privateNetwork: network.networkId,
                    allocatedIpRange: range.name,
                    sslMode: "ENCRYPTED_ONLY",
                },
            },
        },
        {
            ...opts,
            protect: deletionProtection,
            ignoreChanges: args.storageAutoGrow ? ["settings.diskSize"] : [],
            dependsOn: [foundation.apis.sql, connection, ...key.grants],
        },
    );
}

/** The user and the database. Both vanish with the instance, and PostgreSQL would not let go of them one by one. */
function makeContents(
    name: string,
    args: GcpDatabaseArgs,
    instance: DatabaseInstance,
    password: pulumi.Output<string>,
    opts: pulumi.CustomResourceOptions,
): void {
    const inside = { ...opts, deletedWith: instance };
    new User(
        name,
        { instance: instance.name, name: args.username, password, deletionPolicy: "ABANDON" },
        inside,
    );
    new SqlDatabase(
        name,
        { instance: instance.name, name: args.databaseName },
        { ...inside, protect: args.deletionProtection },
    );
}
