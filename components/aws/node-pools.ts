import * as pulumi from "@pulumi/pulumi";
import { LaunchTemplate } from "@pulumi/aws/ec2/launchTemplate.js";
import type { Cluster as EksCluster } from "@pulumi/aws/eks/cluster.js";
import { NodeGroup } from "@pulumi/aws/eks/nodeGroup.js";
import type { NodePoolArgs, Taint } from "../contracts/cluster.ts";
import { amount } from "../lib/units.ts";
import type { AwsClusterArgs } from "./cluster.ts";
import { EncryptionKey } from "./encryption-key.ts";
import type { AwsFoundation } from "./foundation.ts";
import type { Statement } from "./iam.ts";
import { ServiceRole, serviceTrust } from "./iam.ts";
import { MACHINES, instanceTypes } from "./sizes.ts";

/** Taint effects as EKS spells them. */
const EFFECTS: Readonly<Record<Taint["effect"], string>> = {
    NoSchedule: "NO_SCHEDULE",
    PreferNoSchedule: "PREFER_NO_SCHEDULE",
    NoExecute: "NO_EXECUTE",
};

/** What the pools belong to. */
export interface NodePoolsArgs extends AwsClusterArgs {
    readonly cluster: EksCluster;
    /** What has to stand before a node can become ready, besides the network. */
    readonly dependsOn: readonly pulumi.Resource[];
}

/** What all pools of a cluster share. */
interface Shared extends NodePoolsArgs {
    readonly role: ServiceRole;
    readonly volumeKey: EncryptionKey;
}

/** Makes a managed node group per pool, in all private subnets, with one role and one volume key for all. */
export function makeNodePools(
    name: string,
    args: NodePoolsArgs,
    parent: pulumi.Resource,
): { readonly groups: readonly NodeGroup[]; readonly roleArn: pulumi.Output<string> } {
    const role = nodeRole(name, parent);
    const volumeKey = new EncryptionKey(
        `${name}-volumes`,
        {
            account: args.foundation.account,
            description: `Volumes of the nodes of ${name}`,
            alias: `${args.foundation.site}/volumes`,
            deletionProtection: args.deletionProtection,
            statements: [volumesMayEncrypt(args.foundation)],
        },
        { parent },
    );
    const shared = { ...args, role, volumeKey };
    const groups = Object.entries(args.nodePools).map(([key, pool]) =>
        nodeGroup(`${name}-${key}`, pool, shared, parent),
    );
    return { groups, roleArn: role.arn };
}

/**
 * A managed node group.
 *
 * Its desired size belongs to the autoscaler: it is set once, to `min`, and ignored from then on. EKS takes the three
 * sizes together and refuses a minimum above the desired one. So change `min` or `max` with `pulumi up --refresh`, which
 * reads the present size first, and to raise `min` above it, scale up to it before.
 *
 * @see https://docs.aws.amazon.com/eks/latest/APIReference/API_UpdateNodegroupConfig.html
 */
function nodeGroup(
    name: string,
    pool: NodePoolArgs,
    shared: Shared,
    parent: pulumi.Resource,
): NodeGroup {
    const { cluster, network, role, version, foundation } = shared;
    const template = launchTemplate(name, pool, shared, parent);
    return new NodeGroup(
        name,
        {
            clusterName: cluster.name,
            version,
            nodeRoleArn: role.arn,
            subnetIds: [...network.privateSubnetIds],
            amiType: "AL2023_x86_64_STANDARD",
            capacityType: pool.spot ? "SPOT" : "ON_DEMAND",
            instanceTypes: instanceTypes(pool.size, pool.spot, foundation.region),
            launchTemplate: {
                id: template.id,
                version: pulumi.interpolate`${template.latestVersion}`,
            },
            scalingConfig: { minSize: pool.min, maxSize: pool.max, desiredSize: pool.min },
            updateConfig: { maxUnavailable: 1 },
            nodeRepairConfig: { enabled: true },
            labels: { ...pool.labels },
            taints: pool.taints.map(({ key, value, effect }) => ({
                key,
                value,
                effect: EFFECTS[effect],
            })),
            tags: { Name: name },
        },
        {
            parent,
            dependsOn: [role, ...network.egress, ...shared.dependsOn],
            ignoreChanges: ["scalingConfig.desiredSize"],
        },
    );
}

/**
 * The nodes' shape: metadata only by session token and never from a pod, an encrypted disk, no public address.
 *
 * A change makes a new version, and the group replaces its nodes one by one.
 */
function launchTemplate(
    name: string,
    pool: NodePoolArgs,
    { cluster, network, volumeKey, foundation }: Shared,
    parent: pulumi.Resource,
): LaunchTemplate {
    const tags = { ...foundation.tags, Name: name };
    return new LaunchTemplate(
        name,
        {
            description: `Nodes of ${name}`,
            metadataOptions: {
                httpEndpoint: "enabled",
                httpTokens: "required",
                httpPutResponseHopLimit: 1,
            },
            blockDeviceMappings: [{ deviceName: "/dev/xvda", ebs: rootVolume(pool, volumeKey) }],
            networkInterfaces: [
                {
                    deviceIndex: 0,
                    associatePublicIpAddress: "false",
                    deleteOnTermination: "true",
                    securityGroups: [
                        cluster.vpcConfig.clusterSecurityGroupId,
                        network.nodeSecurityGroupId,
                    ],
                },
            ],
            userData: nodeConfig(MACHINES[pool.size].maxPods),
            // The provider's default tags end at the template: what is launched from it needs them spelt out.
            tagSpecifications: ["instance", "volume", "network-interface"].map((resourceType) => ({
                resourceType,
                tags,
            })),
            tags: { Name: name },
        },
        { parent },
    );
}

/** A node's boot disk. */
function rootVolume(pool: NodePoolArgs, volumeKey: EncryptionKey) {
    return {
        volumeType: "gp3",
        volumeSize: amount(pool.disk),
        encrypted: "true",
        kmsKeyId: volumeKey.arn,
        deleteOnTermination: "true",
    };
}

/**
 * What nodeadm reads at boot; EKS adds the cluster's own data to it.
 *
 * @see https://awslabs.github.io/amazon-eks-ami/nodeadm/doc/api/
 */
export function nodeConfig(maxPods: number): string {
    const lines = [
        "MIME-Version: 1.0",
        'Content-Type: multipart/mixed; boundary="NODE"',
        "",
        "--NODE",
        "Content-Type: application/node.eks.aws",
        "",
        "apiVersion: node.eks.aws/v1alpha1",
        "kind: NodeConfig",
        "spec:",
        "  kubelet:",
        "    config:",
        `      maxPods: ${maxPods}`,
        "",
        "--NODE--",
        "",
    ];
    return Buffer.from(lines.join("\n")).toString("base64");
}

/**
 * The nodes' role: joining the cluster, pulling images, and a shell through Systems Manager instead of SSH (G1.17). The
 * network plugin has a role of its own.
 */
function nodeRole(name: string, parent: pulumi.Resource): ServiceRole {
    return new ServiceRole(
        `${name}-nodes`,
        {
            description: `Nodes of ${name}`,
            trust: serviceTrust("ec2.amazonaws.com"),
            managed: [
                "AmazonEKSWorkerNodePolicy",
                "AmazonEC2ContainerRegistryPullOnly",
                "AmazonSSMManagedInstanceCore",
            ],
        },
        { parent },
    );
}

/**
 * Lets EC2 use the key for whoever in the account starts a machine: the scaling group's own service role does, and it
 * may not exist yet, so it cannot be named. AWS's own key for volumes is limited in the same way.
 *
 * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/key-policy-requirements-EBS-encryption.html
 */
function volumesMayEncrypt({ region, account }: AwsFoundation): Statement {
    return {
        Sid: "VolumesThroughEc2",
        Effect: "Allow",
        Principal: { AWS: "*" },
        Action: [
            "kms:Encrypt",
            "kms:Decrypt",
            "kms:ReEncrypt*",
            "kms:GenerateDataKey*",
            "kms:CreateGrant",
            "kms:DescribeKey",
        ],
        Resource: "*",
        Condition: {
            StringEquals: {
                "kms:CallerAccount": account,
                "kms:ViaService": `ec2.${region}.amazonaws.com`,
            },
        },
    };
}
