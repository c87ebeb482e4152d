import type * as pulumi from "@pulumi/pulumi";
import { SecurityGroup } from "@pulumi/aws/ec2/securityGroup.js";
import { ParameterGroup } from "@pulumi/aws/elasticache/parameterGroup.js";
import { SubnetGroup } from "@pulumi/aws/elasticache/subnetGroup.js";
import { SecurityGroupIngressRule } from "@pulumi/aws/vpc/securityGroupIngressRule.js";
import type { Eviction } from "../contracts/cache.ts";
import type { AwsNetwork } from "./network.ts";
import { CACHE_PORT } from "./subnets.ts";

/** The newest 8.x; it can be raised in place and never lowered. */
export const ENGINE = { engine: "valkey", engineVersion: "8.2" } as const;

/** Which keys go when the memory is full, in Valkey's words. */
const POLICIES: Readonly<Record<Eviction, string>> = {
    "least-recently-used": "allkeys-lru",
    none: "noeviction",
};

/** The group around a cache: clients from the nodes, nothing else in, nothing out. */
export function cacheGroup(
    name: string,
    network: AwsNetwork,
    parent: pulumi.Resource,
): SecurityGroup {
    const group = new SecurityGroup(
        name,
        { vpcId: network.networkId, description: `Cache ${name}`, tags: { Name: name } },
        { parent },
    );
    new SecurityGroupIngressRule(
        name,
        {
            securityGroupId: group.id,
            description: "Valkey from the nodes",
            referencedSecurityGroupId: network.nodeSecurityGroupId,
            ipProtocol: "tcp",
            fromPort: CACHE_PORT,
            toPort: CACHE_PORT,
        },
        { parent },
    );
    return group;
}

/** The subnets that ElastiCache may put a node and its replica in. */
export function cacheSubnets(
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

/** The cache's parameters. */
export function cacheParameters(
    name: string,
    eviction: Eviction,
    parent: pulumi.Resource,
): ParameterGroup {
    return new ParameterGroup(
        name,
        {
            family: "valkey8",
            description: `Parameters of ${name}`,
            parameters: [{ name: "maxmemory-policy", value: POLICIES[eviction] }],
            tags: { Name: name },
        },
        { parent },
    );
}
