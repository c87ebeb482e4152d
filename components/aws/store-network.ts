import type * as pulumi from "@pulumi/pulumi";
import { SecurityGroup } from "@pulumi/aws/ec2/securityGroup.js";
import { SecurityGroupIngressRule } from "@pulumi/aws/vpc/securityGroupIngressRule.js";
import type { AwsNetwork } from "./network.ts";

/** What a store of data is called, and where it listens. */
interface Store {
    /** What it is, like "Database". */
    readonly kind: string;
    /** What the nodes speak to it, like "PostgreSQL". */
    readonly protocol: string;
    /** By TCP. */
    readonly port: number;
}

/** The group around a store: its port from the nodes, nothing else in, nothing out (G1.17). */
export function storeGroup(
    name: string,
    network: AwsNetwork,
    { kind, protocol, port }: Store,
    parent: pulumi.Resource,
): SecurityGroup {
    const group = new SecurityGroup(
        name,
        { vpcId: network.networkId, description: `${kind} ${name}`, tags: { Name: name } },
        { parent },
    );
    new SecurityGroupIngressRule(
        name,
        {
            securityGroupId: group.id,
            description: `${protocol} from the nodes`,
            referencedSecurityGroupId: network.nodeSecurityGroupId,
            ipProtocol: "tcp",
            fromPort: port,
            toPort: port,
        },
        { parent },
    );
    return group;
}

/** The subnets that a service may put a store and its replica in: RDS and ElastiCache each have a group of their own. */
export function storeSubnets(name: string, network: AwsNetwork) {
    return {
        description: `Subnets of ${name}`,
        subnetIds: [...network.databaseSubnetIds],
        tags: { Name: name },
    };
}
