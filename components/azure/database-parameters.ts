import { Configuration } from "@pulumi/azure-native/dbforpostgresql/configuration.js";
import type { Server } from "@pulumi/azure-native/dbforpostgresql/server.js";
import type * as pulumi from "@pulumi/pulumi";

/**
 * The parameters of every server: TLS only, and a log of what operators look for. Statements that change the schema are
 * logged and those that change data are not (G1.56), unless they are slow: then they are logged with their values.
 *
 * @see https://learn.microsoft.com/azure/postgresql/flexible-server/concepts-server-parameters
 */
const PARAMETERS = {
    require_secure_transport: "on",
    ssl_min_protocol_version: "TLSv1.2",
    log_checkpoints: "on",
    log_connections: "on",
    log_disconnections: "on",
    log_lock_waits: "on",
    log_min_duration_statement: "1000",
    log_statement: "ddl",
} as const;

export interface ParametersArgs {
    readonly resourceGroupName: pulumi.Input<string>;
    readonly server: Server;
    /** What has to be done with the server first. */
    readonly after: pulumi.Resource;
}

/** Sets the parameters one after the other: the server takes one change at a time (ServerIsBusy). */
export function setParameters(
    name: string,
    args: ParametersArgs,
    opts: pulumi.CustomResourceOptions,
): pulumi.Resource[] {
    const { resourceGroupName, server } = args;
    let previous = args.after;
    return Object.entries(PARAMETERS).map(([configurationName, value]) => {
        previous = new Configuration(
            `${name}-${configurationName.replaceAll("_", "-")}`,
            {
                resourceGroupName,
                serverName: server.name,
                configurationName,
                value,
                source: "user-override",
            },
            { ...opts, dependsOn: [previous], deletedWith: server },
        );
        return previous;
    });
}
