import type * as pulumi from "@pulumi/pulumi";
import { LogGroup } from "@pulumi/aws/cloudwatch/logGroup.js";
import type { ClusterArgs as EksClusterArgs } from "@pulumi/aws/eks/cluster.js";
import { Cluster as EksCluster } from "@pulumi/aws/eks/cluster.js";
import { SecurityGroupIngressRule } from "@pulumi/aws/vpc/securityGroupIngressRule.js";
import type { AwsClusterArgs } from "./cluster.ts";
import type { Cidr } from "../lib/cidr.ts";
import { privateBlocks, publicBlocks } from "./api-access.ts";
import { EncryptionKey } from "./encryption-key.ts";
import { ServiceRole, serviceTrust } from "./iam.ts";
import { logDays } from "./logs.ts";
import { serviceCidr } from "./subnets.ts";

/** All five, as EKS spells them (G1.21). */
const LOG_TYPES = ["api", "audit", "authenticator", "controllerManager", "scheduler"];

/** A control plane, and the rules that open its private address. */
export interface ControlPlane {
    readonly cluster: EksCluster;
    readonly doors: readonly SecurityGroupIngressRule[];
}

/** Makes the control plane with its role, key and log group. */
export function makeControlPlane(
    name: string,
    args: AwsClusterArgs,
    parent: pulumi.Resource,
): ControlPlane {
    const key = new EncryptionKey(
        `${name}-cluster`,
        {
            account: args.foundation.account,
            description: `Kubernetes secrets in ${name}`,
            alias: `${args.foundation.site}/cluster`,
            deletionProtection: args.deletionProtection,
        },
        { parent },
    );
    const role = clusterRole(name, args, key, parent);
    const logs = controlPlaneLogs(name, args, parent);
    const cluster = new EksCluster(
        name,
        { name, roleArn: role.arn, ...settings(args), encryptionConfig: encryptedWith(key) },
        // EKS would make the log group itself, without retention or key, if it were not there first. It needs the role's
        // permissions until it is gone, or it leaves network interfaces behind.
        { parent, dependsOn: [role, logs], protect: args.deletionProtection },
    );
    const blocks = new Set([args.network.cidr, ...privateBlocks(args.apiCidrs)]);
    const doors = [...blocks].map((block) => openInside(name, cluster, block, parent));
    return { cluster, doors };
}

/** Opens the API's private address to a block: the group that EKS makes lets in its own nodes only. */
function openInside(
    name: string,
    cluster: EksCluster,
    block: Cidr,
    parent: pulumi.Resource,
): SecurityGroupIngressRule {
    return new SecurityGroupIngressRule(
        `${name}-api-${block}`,
        {
            securityGroupId: cluster.vpcConfig.clusterSecurityGroupId,
            description: "Kubernetes API on its private address",
            cidrIpv4: block,
            ipProtocol: "tcp",
            fromPort: 443,
            toPort: 443,
        },
        { parent, deletedWith: cluster },
    );
}

/** What the control plane is set to. */
function settings(args: AwsClusterArgs): Omit<EksClusterArgs, "roleArn" | "encryptionConfig"> {
    const { network } = args;
    const outside = publicBlocks(args.apiCidrs);
    return {
        version: args.version,
        // Extended support costs six times as much; without this line a cluster slides into it.
        upgradePolicy: { supportType: "STANDARD" },
        enabledClusterLogTypes: LOG_TYPES,
        accessConfig: {
            authenticationMode: "API",
            bootstrapClusterCreatorAdminPermissions: false,
        },
        // All add-ons are managed ones, each with its own role.
        bootstrapSelfManagedAddons: false,
        vpcConfig: {
            subnetIds: [...network.privateSubnetIds],
            endpointPrivateAccess: true,
            endpointPublicAccess: outside.length > 0,
            ...(outside.length > 0 && { publicAccessCidrs: outside }),
        },
        kubernetesNetworkConfig: {
            ipFamily: "ipv4",
            serviceIpv4Cidr: serviceCidr(network.cidr),
        },
        zonalShiftConfig: { enabled: args.highAvailability },
        deletionProtection: args.deletionProtection,
    };
}

/** Encrypts Kubernetes secrets in the cluster's store. */
function encryptedWith(key: EncryptionKey) {
    return { provider: { keyArn: key.arn }, resources: ["secrets"] };
}

/**
 * The control plane's role. The VPC resource controller's policy (G1.22) is left out: it serves security groups for
 * single pods and Windows nodes, neither of which is in use here.
 */
function clusterRole(
    name: string,
    { foundation }: AwsClusterArgs,
    key: EncryptionKey,
    parent: pulumi.Resource,
): ServiceRole {
    return new ServiceRole(
        `${name}-cluster`,
        {
            description: `Control plane of ${name}`,
            trust: serviceTrust("eks.amazonaws.com", foundation.account),
            managed: ["AmazonEKSClusterPolicy"],
            statements: [
                {
                    Effect: "Allow",
                    Action: ["kms:Encrypt", "kms:Decrypt", "kms:ListGrants", "kms:DescribeKey"],
                    Resource: key.arn,
                },
            ],
        },
        { parent },
    );
}

/** The log group that EKS writes to, under the name that it has fixed. */
function controlPlaneLogs(
    name: string,
    { network, logRetention }: AwsClusterArgs,
    parent: pulumi.Resource,
): LogGroup {
    return new LogGroup(
        `${name}-cluster`,
        {
            name: `/aws/eks/${name}/cluster`,
            retentionInDays: logDays(logRetention),
            kmsKeyId: network.logKeyArn,
            tags: { Name: `${name}-cluster` },
        },
        { parent },
    );
}
