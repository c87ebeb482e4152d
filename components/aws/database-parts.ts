import type * as pulumi from "@pulumi/pulumi";
import { SecurityGroup } from "@pulumi/aws/ec2/securityGroup.js";
import { ParameterGroup } from "@pulumi/aws/rds/parameterGroup.js";
import { SubnetGroup } from "@pulumi/aws/rds/subnetGroup.js";
import { SecurityGroupIngressRule } from "@pulumi/aws/vpc/securityGroupIngressRule.js";
import type { DatabaseArgs } from "../contracts/database.ts";
import { DATABASE_PORT } from "../contracts/database.ts";
import type { AwsNetwork } from "./network.ts";

/** Statements that take longer are logged, in milliseconds. */
const SLOW_STATEMENT = 1000;

/** The group around a server: PostgreSQL from the nodes, nothing else in, nothing out (G1.17). */
export function databaseGroup(
    name: string,
    network: AwsNetwork,
    parent: pulumi.Resource,
): SecurityGroup {
    const group = new SecurityGroup(
        name,
        {
            vpcId: network.networkId,
            description: `Database ${name}`,
            tags: { Name: name },
        },
        { parent },
    );
    new SecurityGroupIngressRule(
        name,
        {
            securityGroupId: group.id,
            description: "PostgreSQL from the nodes",
            referencedSecurityGroupId: network.nodeSecurityGroupId,
            ipProtocol: "tcp",
            fromPort: DATABASE_PORT,
            toPort: DATABASE_PORT,
        },
        { parent },
    );
    return group;
}

/** The subnets that RDS may put a server and its standby in. */
export function subnetGroup(
    name: string,
    network: AwsNetwork,
    parent: pulumi.Resource,
): SubnetGroup {
    return new SubnetGroup(
        name,
        {
            description: `Subnets of ${name}`,
            subnetIds: [...network.databaseSubnetIds],
            tags: { Name: name },
        },
        { parent },
    );
}

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
