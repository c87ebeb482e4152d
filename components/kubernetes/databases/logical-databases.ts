import * as pulumi from "@pulumi/pulumi";
import { RandomId } from "@pulumi/random/randomId.js";
import { RandomPassword } from "@pulumi/random/randomPassword.js";
import type { Access } from "../../contracts/client.ts";
import type { Cluster } from "../../contracts/cluster.ts";
import { PASSWORD_FORM } from "../../contracts/database.ts";
import type { Database } from "../../contracts/database.ts";
import type { SecretReference } from "../../contracts/secret-store.ts";
import { mapValues } from "../../lib/records.ts";
import { scramVerifier } from "../../lib/scram.ts";
import type { DatabaseUse } from "../../settings/application-types.ts";
import type { Within } from "../platform-namespace.ts";
import { makePlace } from "./place.ts";
import type { PlaceArgs } from "./place.ts";
import { makeJob } from "./server-job.ts";

/** What makes the logical databases of a site. */
export interface LogicalDatabasesArgs<C extends Cluster> extends PlaceArgs<C> {
    /** What applications ask for, by application. */
    readonly uses: Readonly<Record<string, DatabaseUse>>;
}

/** An application's own database: its credentials, the way there, and what has to stand first. */
export interface LogicalDatabase extends Access {
    readonly ready: pulumi.Resource;
}

/**
 * A database and a role of its own for each application that asks for one, on a server of its site: a Job in the cluster
 * makes them, because nothing outside the cluster reaches a server.
 *
 * The server's administrator never leaves this namespace. A Job is made whenever what is wanted of its server changes, so
 * that a database which nobody wants any more is dropped or shut as its settings said (`onRemoval`).
 */
export class LogicalDatabases<C extends Cluster> extends pulumi.ComponentResource {
    /** What each application gets, by application. */
    readonly databases: Readonly<Record<string, LogicalDatabase>>;

    constructor(
        name: string,
        args: LogicalDatabasesArgs<C>,
        opts?: pulumi.ComponentResourceOptions,
    ) {
        super("platform:kubernetes:LogicalDatabases", name, {}, opts);
        const { cluster, servers, uses } = args;
        const within: Within = {
            parent: this,
            provider: cluster.provider,
            deletedWith: cluster.resource,
        };
        const roles = Object.fromEntries(
            Object.entries(uses).flatMap(([application, use]) => {
                const server = servers[use.server];
                return server
                    ? [[application, makeRole(name, application, use, server, args, this)]]
                    : [];
            }),
        );
        const verifiers = mapValues(roles, ({ verifier }) => verifier);
        const place = makePlace(name, args, verifiers, within);
        const jobs = mapValues(servers, (_, server) => makeJob(name, server, uses, place, within));
        this.databases = Object.fromEntries(
            Object.entries(roles).flatMap(([application, role]) => {
                const [server, job] = [servers[role.server], jobs[role.server]];
                if (server === undefined || job === undefined) return [];
                const destinations = [{ cidrs: server.cidrs, ports: [server.port] }];
                return [[application, { credentials: role.credentials, destinations, ready: job }]];
            }),
        );
        this.registerOutputs({});
    }
}

/** A role's documents: what the application reads, and what the server is told. */
interface Role {
    readonly server: string;
    readonly credentials: SecretReference;
    readonly verifier: SecretReference;
}

/** A generated password and, apart from it, what the server keeps of it. */
function makeRole<C extends Cluster>(
    name: string,
    application: string,
    { server, name: dbname }: DatabaseUse,
    { host, port }: Database,
    { secretStore }: LogicalDatabasesArgs<C>,
    parent: pulumi.Resource,
): Role {
    const key = `${name}-${application}-database`;
    const { result: password } = new RandomPassword(key, { ...PASSWORD_FORM }, { parent });
    const salt = new RandomId(key, { byteLength: 16 }, { parent });
    const url = pulumi.interpolate`postgresql://${dbname}:${password}@${host}:${port}/${dbname}?sslmode=require`;
    const values = { host, port: String(port), username: dbname, password, dbname, url };
    const verifier = pulumi
        .all([password, salt.b64Std])
        .apply(([text, bytes]) => scramVerifier(text, Buffer.from(bytes, "base64")));
    return {
        server,
        credentials: secretStore.put(key, values),
        verifier: secretStore.put(`${key}-verifier`, { verifier }),
    };
}
