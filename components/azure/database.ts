import { Database as PostgresDatabase } from "@pulumi/azure-native/dbforpostgresql/database.js";
import { Server } from "@pulumi/azure-native/dbforpostgresql/server.js";
import * as pulumi from "@pulumi/pulumi";
import { RandomPassword } from "@pulumi/random/randomPassword.js";
import type { Database, DatabaseArgs } from "../contracts/database.ts";
import { DATABASE_PORT, PASSWORD_FORM, credentialsDocument } from "../contracts/database.ts";
import type { SecretReference } from "../contracts/secret-store.ts";
import type { Cidr } from "../lib/cidr.ts";
import { refuse } from "../lib/errors.ts";
import { setParameters } from "./database-parameters.ts";
import { databaseProblems } from "./database-problems.ts";
import { serverArgs } from "./database-server.ts";
import type { AzureFoundation } from "./foundation.ts";
import { lock } from "./lock.ts";
import { sendLogs } from "./logs.ts";
import type { AzureNetwork } from "./network.ts";

export interface AzureDatabaseArgs extends DatabaseArgs {
    readonly foundation: AzureFoundation;
    readonly network: AzureNetwork;
}

/**
 * A PostgreSQL Flexible Server inside the network, in a subnet of its own kind, with a private name only.
 *
 * `highAvailability` keeps a standby in zone 2 and, where Azure can, copies of the backups in the partner region. The
 * copies are decided when the server is made: switching `highAvailability` later replaces the server, which `protect`
 * refuses. Decide before there is data, or move it by a restore.
 *
 * Storage that Azure has added stays added: raise `storage` to the new size before the next change to the server, since
 * Azure refuses to shrink it.
 *
 * Azure takes the window of maintenance only of a server that stands. So it comes into force with the first later change
 * to the server, or at once by `az postgres flexible-server update --ids SERVER_ID --maintenance-window Sun:4:0`.
 *
 * Storage and backups are encrypted with Microsoft's keys: a customer's key would need a second vault in the partner
 * region for the copies. `deletionProtection` is a lock, which Azure applies to the databases in the server as well.
 *
 * Creates the server (at `medium` some 130 USD a month, twice that with a standby), its database and its log settings.
 *
 * @see https://learn.microsoft.com/azure/postgresql/flexible-server/
 */
export class AzureDatabase extends pulumi.ComponentResource implements Database {
    readonly host: pulumi.Output<string>;
    readonly port = DATABASE_PORT;
    readonly databaseName: string;
    readonly credentials: SecretReference;
    readonly cidrs: readonly Cidr[];
    readonly resource: Server;

    constructor(name: string, args: AzureDatabaseArgs, opts?: pulumi.ComponentResourceOptions) {
        super("platform:azure:Database", name, {}, opts);
        refuse(this, name, databaseProblems(args));
        const { foundation, network } = args;
        const child = { parent: this };
        const { resourceGroupName } = foundation;

        const password = new RandomPassword(`${name}-password`, PASSWORD_FORM, child).result;
        const server = new Server(name, serverArgs(args, password), {
            ...child,
            dependsOn: [network.databaseZone.link],
            protect: args.deletionProtection,
            // A failover swaps the two, and to Azure the server's own zone is for ever: putting it back replaces the
            // server.
            ignoreChanges: ["availabilityZone", "highAvailability.standbyAvailabilityZone"],
            replaceOnChanges: ["network.delegatedSubnetResourceId"],
        });
        const database = makeDatabase(name, args, server, child);
        const parameters = setParameters(
            name,
            { resourceGroupName, server, after: database },
            child,
        );
        const logs = { resource: server, workspaceId: network.workspace.id };
        const covered = [...parameters, sendLogs(name, logs, child)];
        if (args.deletionProtection) lock(name, server, covered, child);

        this.resource = server;
        this.host = server.fullyQualifiedDomainName;
        this.databaseName = args.databaseName;
        this.cidrs = [network.databaseCidr];
        this.credentials = args.secretStore.put(
            `${name}-credentials`,
            credentialsDocument(args, this.host, password),
            child,
        );
        this.registerOutputs({ host: this.host });
    }
}

/** The one database in the server. */
function makeDatabase(
    name: string,
    { foundation, databaseName, deletionProtection }: AzureDatabaseArgs,
    server: Server,
    opts: pulumi.CustomResourceOptions,
): PostgresDatabase {
    return new PostgresDatabase(
        name,
        {
            resourceGroupName: foundation.resourceGroupName,
            serverName: server.name,
            databaseName,
            charset: "UTF8",
            collation: "en_US.utf8",
        },
        { ...opts, protect: deletionProtection, deletedWith: server },
    );
}
