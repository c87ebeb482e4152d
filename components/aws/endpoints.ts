import type * as pulumi from "@pulumi/pulumi";
import { SecurityGroup } from "@pulumi/aws/ec2/securityGroup.js";
import type { RouteTable } from "@pulumi/aws/ec2/routeTable.js";
import type { Subnet } from "@pulumi/aws/ec2/subnet.js";
import { VpcEndpoint } from "@pulumi/aws/ec2/vpcEndpoint.js";
import { SecurityGroupIngressRule } from "@pulumi/aws/vpc/securityGroupIngressRule.js";
import type { Cidr } from "../lib/cidr.ts";

/**
 * The services that nodes, add-ons and the platform's own operators call.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/private-clusters.html
 */
const SERVICES = [
    "autoscaling",
    "ec2",
    "ecr.api",
    "ecr.dkr",
    "eks",
    "eks-auth",
    "elasticloadbalancing",
    "kms",
    "logs",
    "secretsmanager",
    "ssm",
    "ssmmessages",
    "sts",
] as const;

/** Where endpoints go. */
export interface EndpointArgs {
    readonly region: string;
    readonly vpcId: pulumi.Input<string>;
    readonly cidr: Cidr;
    /** The private subnets. */
    readonly subnets: readonly Subnet[];
}

/** The way to S3, where ECR keeps image layers: free of charge, and past the NAT gateways (G1.14). */
export function gatewayEndpoint(
    name: string,
    args: EndpointArgs,
    tables: readonly RouteTable[],
    parent: pulumi.Resource,
): VpcEndpoint {
    return new VpcEndpoint(
        `${name}-s3`,
        {
            vpcId: args.vpcId,
            serviceName: `com.amazonaws.${args.region}.s3`,
            vpcEndpointType: "Gateway",
            routeTableIds: tables.map((table) => table.id),
            tags: { Name: `${name}-s3` },
        },
        { parent },
    );
}

/** Private addresses of AWS's own services, under their usual names, for callers inside the network only. */
export function interfaceEndpoints(
    name: string,
    args: EndpointArgs,
    parent: pulumi.Resource,
): readonly VpcEndpoint[] {
    const group = endpointGroup(name, args, parent);
    return SERVICES.map((service) => {
        const key = `${name}-${service.replace(".", "-")}`;
        return new VpcEndpoint(
            key,
            {
                vpcId: args.vpcId,
                serviceName: `com.amazonaws.${args.region}.${service}`,
                vpcEndpointType: "Interface",
                privateDnsEnabled: true,
                subnetIds: args.subnets.map((subnet) => subnet.id),
                securityGroupIds: [group.id],
                tags: { Name: key },
            },
            { parent },
        );
    });
}

/** Lets the whole network in over HTTPS: pods' addresses come from it too. */
function endpointGroup(name: string, args: EndpointArgs, parent: pulumi.Resource): SecurityGroup {
    const group = new SecurityGroup(
        `${name}-endpoints`,
        {
            vpcId: args.vpcId,
            description: `Private endpoints of AWS services in ${name}`,
            tags: { Name: `${name}-endpoints` },
        },
        { parent },
    );
    new SecurityGroupIngressRule(
        `${name}-endpoints`,
        {
            securityGroupId: group.id,
            description: "HTTPS from inside the network",
            cidrIpv4: args.cidr,
            ipProtocol: "tcp",
            fromPort: 443,
            toPort: 443,
        },
        { parent },
    );
    return group;
}
