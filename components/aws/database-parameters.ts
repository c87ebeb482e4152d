import type * as pulumi from "@pulumi/pulumi";
import { ParameterGroup } from "@pulumi/aws/rds/parameterGroup.js";
import type { DatabaseArgs } from "../contracts/database.ts";

/** Statements that take longer are logged, in milliseconds. */
const SLOW_STATEMENT = 1000;

/**
 * The server's parameters: TLS or no connection (G1.31, D26), and a log of who came and went, changed schemas
 * and slow statements.
 *
 * Not of all statements, which would log data (G1.56). A slow one is logged with its values all the same, so the log is
 * encrypted and ends like the others.
 */
export function parameterGroup(
    name: string,
    { version, deletionProtection }: Pick<DatabaseArgs, "version" | "deletionProtection">,
    parent: pulumi.Resource,
): ParameterGroup {
    const parameters = {
        "rds.force_ssl": "1",
        log_connections: "1",
        log_disconnections: "1",
        log_min_duration_statement: String(SLOW_STATEMENT),
        log_statement: "ddl",
    };
    return new ParameterGroup(
        name,
        {
            family: `postgres${version}`,
            description: `Parameters of ${name}`,
            parameters: Object.entries(parameters).map(([parameter, value]) => ({
                name: parameter,
                value,
                applyMethod: "immediate",
            })),
            tags: { Name: name },
        },
        // A protected server upgrades in its window, and until then RDS refuses to delete the group that it still has.
        { parent, retainOnDelete: deletionProtection },
    );
}
