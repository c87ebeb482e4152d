import * as pulumi from "@pulumi/pulumi";
import { DefaultSecurityGroup } from "@pulumi/aws/ec2/defaultSecurityGroup.js";
import { InternetGateway } from "@pulumi/aws/ec2/internetGateway.js";
import { SecurityGroup } from "@pulumi/aws/ec2/securityGroup.js";
import { Vpc } from "@pulumi/aws/ec2/vpc.js";
import type { Network, NetworkArgs } from "../contracts/network.ts";
import type { Cidr } from "../lib/cidr.ts";
import { isCidr, prefixOf } from "../lib/cidr.ts";
import type { Problem } from "../lib/problem.ts";
import { refuse } from "../lib/errors.ts";
import { EncryptionKey } from "./encryption-key.ts";
import { gatewayEndpoint, interfaceEndpoints } from "./endpoints.ts";
import { recordFlows } from "./flow-logs.ts";
import type { AwsFoundation } from "./foundation.ts";
import type { Statement } from "./iam.ts";
import { AWS_LIMITS } from "./limits.ts";
import { checkLogRetention, logDays } from "./logs.ts";
import { routeDatabases, routePrivate, routePublic } from "./routes.ts";
import { guardDatabases, makeSubnets } from "./subnet-tiers.ts";
import type { SubnetPlan } from "./subnets.ts";
import { planSubnets } from "./subnets.ts";

/** A network's arguments on AWS. */
export interface AwsNetworkArgs extends NetworkArgs {
    readonly foundation: AwsFoundation;
}

/**
 * A VPC over three zones with public subnets (load balancers, NAT), private ones (nodes, pods, endpoints) and database
 * ones that no route leads out of.
 *
 * Flow logs go to an encrypted log group, the default security group lets nothing through, S3 is reached through a
 * gateway endpoint. Costs about 35 USD a month for each NAT gateway (three with `highAvailability`), plus traffic, and
 * about 7 USD a month for each interface endpoint and zone with `privateEndpoints`.
 */
export class AwsNetwork extends pulumi.ComponentResource implements Network {
    readonly networkId: pulumi.Output<string>;
    readonly cidr: Cidr;
    /** The blocks of all subnets. */
    readonly plan: SubnetPlan;
    /** Where balancers that the internet reaches live. */
    readonly publicSubnetIds: readonly pulumi.Output<string>[];
    /** Where nodes, pods and endpoints live. */
    readonly privateSubnetIds: readonly pulumi.Output<string>[];
    /** The name of the first of their zones. */
    readonly firstZone: pulumi.Output<string>;
    /** Where databases live; no route leads out. */
    readonly databaseSubnetIds: readonly pulumi.Output<string>[];
    /**
     * Marks the nodes. It has no rule of its own: other groups name it as their source. The network makes it, so that a
     * database never waits for a cluster.
     */
    readonly nodeSecurityGroupId: pulumi.Output<string>;
    /** The ARN of the key that encrypts the site's log groups. */
    readonly logKeyArn: pulumi.Output<string>;
    /** How many days the logs of the network, of databases, caches and object stores are kept. */
    readonly logDays: number;
    /** What nodes need before they can reach the cluster and the registries. */
    readonly egress: readonly pulumi.Resource[];

    constructor(name: string, args: AwsNetworkArgs, opts?: pulumi.ComponentResourceOptions) {
        super("platform:aws:Network", name, {}, opts);
        refuse(this, name, checkNetwork(args));
        this.cidr = args.cidr;
        this.plan = planSubnets(args.cidr);
        const within = { parent: this };

        const vpc = new Vpc(
            name,
            {
                cidrBlock: args.cidr,
                enableDnsHostnames: true,
                enableDnsSupport: true,
                tags: { Name: name },
            },
            within,
        );
        new DefaultSecurityGroup(name, emptied(vpc, name), within);
        const subnets = makeSubnets(name, vpc.id, this.plan, this);
        const internet = new InternetGateway(name, tagged(name, vpc), within);
        const outside = routePublic(name, vpc.id, subnets.public, internet, this);
        const inside = routePrivate(name, vpc.id, subnets, internet, args.highAvailability, this);
        routeDatabases(name, vpc.id, subnets.database, this);
        guardDatabases(name, vpc.id, this.plan, subnets.database, this);
        const privateSubnets = Object.values(subnets.private);
        const { region } = args.foundation;
        const endpoints = { region, vpcId: vpc.id, cidr: args.cidr, subnets: privateSubnets };
        gatewayEndpoint(name, endpoints, inside.tables, this);
        const services = args.privateEndpoints ? interfaceEndpoints(name, endpoints, this) : [];
        const logKey = new EncryptionKey(`${name}-logs`, logKeyArgs(args.foundation), within);
        recordFlows(name, { ...args, vpcId: vpc.id, logKeyArn: logKey.arn }, this);
        const nodes = new SecurityGroup(`${name}-nodes`, nodeGroup(vpc, name), within);

        this.networkId = vpc.id;
        this.publicSubnetIds = Object.values(subnets.public).map((subnet) => subnet.id);
        this.privateSubnetIds = privateSubnets.map((subnet) => subnet.id);
        this.firstZone = subnets.private.a.availabilityZone;
        this.databaseSubnetIds = Object.values(subnets.database).map((subnet) => subnet.id);
        this.nodeSecurityGroupId = nodes.id;
        this.logKeyArn = logKey.arn;
        this.logDays = logDays(args.logRetention);
        this.egress = [...outside.ready, ...inside.ready, ...services];
        this.registerOutputs({ networkId: this.networkId, cidr: this.cidr });
    }
}

/** What AWS would refuse, or what would not hold the subnets. */
function checkNetwork(args: NetworkArgs): readonly Problem[] {
    return [...checkCidr(args.cidr), ...checkLogRetention(args.logRetention)];
}

function checkCidr(cidr: string): readonly Problem[] {
    const { min, max } = AWS_LIMITS.network;
    const problem = { path: "cidr", value: cidr };
    if (!isCidr(cidr)) {
        const message = "is no IPv4 block with its host bits zero";
        return [{ ...problem, message, fix: "Write a block such as 10.0.0.0/16" }];
    }
    const prefix = prefixOf(cidr);
    if (prefix >= min && prefix <= max) return [];
    const message = `is a /${prefix}, and a VPC here is between /${min} and /${max}`;
    return [{ ...problem, message, fix: "Choose a block of such a size" }];
}

/** Arguments that a part of the VPC takes at least. */
function tagged(name: string, vpc: Vpc) {
    return { vpcId: vpc.id, tags: { Name: name } };
}

/** Every VPC comes with a group that lets its members talk to each other; without rules nobody uses it by accident. */
function emptied(vpc: Vpc, name: string) {
    return { ...tagged(`${name}-default-unused`, vpc), ingress: [], egress: [] };
}

/** The group that marks nodes. The cluster's own security group lets them talk to each other and to the outside. */
function nodeGroup(vpc: Vpc, name: string) {
    return {
        ...tagged(`${name}-nodes`, vpc),
        description: `Marks the Kubernetes nodes of ${name}; other groups name it as their source`,
    };
}

/** The key of the site's log groups. Lost with it are only logs, but 30 days leave time for an audit. */
function logKeyArgs(foundation: AwsFoundation) {
    const { site, account } = foundation;
    return {
        account,
        description: `Log groups of ${site}`,
        alias: `${site}/logs`,
        deletionProtection: false,
        recoverable: true,
        statements: [logsMayEncrypt(foundation)],
    };
}

/**
 * Lets CloudWatch Logs use the key, for the site's own log groups only.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
 */
function logsMayEncrypt({ site, region, account }: AwsFoundation): Statement {
    const groups = `arn:aws:logs:${region}:${account}:log-group`;
    return {
        Sid: "LogGroupsOfTheSite",
        Effect: "Allow",
        Principal: { Service: `logs.${region}.amazonaws.com` },
        Action: [
            "kms:Encrypt",
            "kms:Decrypt",
            "kms:ReEncrypt*",
            "kms:GenerateDataKey*",
            "kms:DescribeKey",
        ],
        Resource: "*",
        Condition: {
            ArnLike: {
                "kms:EncryptionContext:aws:logs:arn": [
                    `${groups}:/aws/vpc/${site}/*`,
                    `${groups}:/aws/eks/${site}/*`,
                    `${groups}:/aws/rds/instance/${site}*`,
                    `${groups}:/aws/vendedlogs/elasticache/${site}*`,
                    `${groups}:aws-waf-logs-${site}*`,
                ],
            },
        },
    };
}
