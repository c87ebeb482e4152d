import { get, same } from "../../paths.ts";
import type { Draft, Instance, Properties, Refusal, TypeRule, World } from "../../table.ts";
import { insideCluster } from "../kubernetes.ts";
import { arn, byArn, ec2Reference, text, texts, trusts, unless } from "./common.ts";
import { association, entry, podIdentity } from "./eks-access.ts";
import { addon } from "./eks-addons.ts";
import {
    ADDON,
    ASSOCIATION,
    CLUSTER,
    ENTRY,
    INVALID,
    NODE_GROUP,
    POD_IDENTITY,
    VERSIONS,
    inCluster,
} from "./eks-common.ts";
import { checkNodeGroup, nodesJoin } from "./node-groups.ts";

const SUBNET = "aws:ec2/subnet:Subnet";
const ROLE = "aws:iam/role:Role";

/** What of the given types belongs to a cluster. */
function belonging(cluster: Instance, world: World, types: readonly string[]): Instance[] {
    return types
        .flatMap((type) => [...world.all(type)])
        .filter(
            ({ outputs, scope }) =>
                outputs["clusterName"] === cluster.outputs["name"] &&
                scope.account === cluster.scope.account &&
                scope.region === cluster.scope.region,
        );
}

/** The rules in the security group that EKS made for a cluster. */
function rulesOf(cluster: Instance, world: World): Instance[] {
    const group = get(cluster.outputs, "vpcConfig.clusterSecurityGroupId");
    return ["Ingress", "Egress"]
        .flatMap((way) => [...world.all(`aws:vpc/securityGroup${way}Rule:SecurityGroup${way}Rule`)])
        .filter(({ outputs }) => same(outputs["securityGroupId"], group));
}

function checkCluster({ inputs }: Draft): Refusal[] {
    const version = text(inputs, "version");
    const open = get(inputs, "vpcConfig.endpointPublicAccess") ?? true;
    const inside = get(inputs, "vpcConfig.endpointPrivateAccess") ?? false;
    const types = ["api", "audit", "authenticator", "controllerManager", "scheduler"];
    return [
        ...unless(
            version === undefined || VERSIONS.includes(version),
            `${INVALID} unsupported Kubernetes version ${version}`,
            "version",
        ),
        ...unless(
            open !== false || inside !== false,
            `${INVALID} Private and public endpoint access cannot be false`,
            "vpcConfig",
        ),
        ...texts(inputs, "vpcConfig.publicAccessCidrs").flatMap((cidr) =>
            unless(
                !/^(10|127|192\.168|172\.(1[6-9]|2\d|3[01]))\./.test(cidr),
                `${INVALID} The following CIDRs are invalid in publicAccessCidrs: [${cidr}]. Reserved addresses are not allowed`,
                "vpcConfig.publicAccessCidrs",
            ),
        ),
        ...texts(inputs, "enabledClusterLogTypes").flatMap((type) =>
            unless(
                types.includes(type),
                `expected enabled_cluster_log_types to be one of [${types.join(" ")}], got ${type}`,
                "enabledClusterLogTypes",
            ),
        ),
    ];
}

function admitCluster(draft: Draft, world: World, old?: Instance): Refusal[] {
    const { inputs } = draft;
    const subnets = texts(inputs, "vpcConfig.subnetIds").map((id) => world.find([SUBNET], id));
    const zones = new Set(subnets.map((subnet) => subnet?.outputs["availabilityZone"]));
    const vpcs = new Set(subnets.map((subnet) => subnet?.outputs["vpcId"]));
    const roleArn = text(inputs, "roleArn") ?? "";
    return [
        ...unless(
            trusts(world, roleArn, "eks.amazonaws.com"),
            `${INVALID} Role with arn: ${roleArn}, could not be assumed because it does not exist or the trusted entity is not correct`,
        ),
        ...unless(
            zones.size >= 2,
            `${INVALID} Subnets specified must be in at least two different AZs`,
        ),
        ...unless(vpcs.size === 1, `${INVALID} Subnets specified must belong to the same VPC`),
        ...(old ? admitVersion(text(old.outputs, "version"), text(inputs, "version")) : []),
    ];
}

/** A control plane moves up by one minor version at a time. */
function admitVersion(from: string | undefined, to: string | undefined): Refusal[] {
    const step = VERSIONS.indexOf(to ?? "") - VERSIONS.indexOf(from ?? "");
    return unless(
        to === from || step === 1,
        `${INVALID} Unsupported Kubernetes minor version update from ${from} to ${to}`,
    );
}

/** What EKS computes. The endpoint and the group that nodes join by are its own. */
function clusterOutputs(draft: Draft, world: World): Properties {
    const { inputs, scope } = draft;
    const digits = draft.random(64).toUpperCase();
    const first = world.find([SUBNET], texts(inputs, "vpcConfig.subnetIds")[0] ?? "");
    const host = `${digits.slice(0, 32)}.gr7.${scope.region}.eks.amazonaws.com`;
    const authority = `-----BEGIN CERTIFICATE-----\n${digits}\n-----END CERTIFICATE-----\n`;
    const issuer = `https://oidc.eks.${scope.region}.amazonaws.com/id/${digits.slice(0, 32)}`;
    return {
        arn: arn(draft, "eks", `cluster/${text(inputs, "name") ?? ""}`),
        certificateAuthority: { data: Buffer.from(authority).toString("base64") },
        endpoint: `https://${host}`,
        identities: [{ oidcs: [{ issuer }] }],
        platformVersion: "eks.5",
        status: "ACTIVE",
        vpcConfig: {
            clusterSecurityGroupId: `sg-0${digits.slice(32, 48).toLowerCase()}`,
            vpcId: first?.outputs["vpcId"] ?? "",
        },
    };
}

const cluster: TypeRule = {
    required: ["roleArn", "vpcConfig.subnetIds"],
    name: {
        property: "name",
        pattern: /[0-9A-Za-z][A-Za-z0-9_-]*/,
        max: 100,
        unique: "region",
        taken: (name) =>
            `api error ResourceInUseException: Cluster already exists with name: ${name}`,
    },
    references: [
        ec2Reference("vpcConfig.subnetIds[]", SUBNET, "subnet"),
        ec2Reference(
            "vpcConfig.securityGroupIds[]",
            "aws:ec2/securityGroup:SecurityGroup",
            "Group",
        ),
        byArn(
            "encryptionConfig.provider.keyArn",
            "aws:kms/key:Key",
            (key) => `${INVALID} Key ${key} is not found`,
        ),
    ],
    immutable: [
        "name",
        "roleArn",
        "bootstrapSelfManagedAddons",
        "accessConfig.bootstrapClusterCreatorAdminPermissions",
        "encryptionConfig.provider.keyArn",
        "kubernetesNetworkConfig.ipFamily",
        "kubernetesNetworkConfig.serviceIpv4Cidr",
    ],
    deleteBeforeReplace: true,
    defaults: { bootstrapSelfManagedAddons: true, deletionProtection: false },
    check: checkCluster,
    admit: admitCluster,
    id: ({ inputs }) => text(inputs, "name") ?? "",
    outputs: clusterOutputs,
    refuseDelete: (instance, world) => {
        if (instance.outputs["deletionProtection"] === true) {
            return `api error InvalidRequestException: Cluster ${instance.id} cannot be deleted because deletion protection is enabled`;
        }
        return belonging(instance, world, [NODE_GROUP]).length > 0
            ? "api error ResourceInUseException: Cluster has nodegroups attached"
            : undefined;
    },
    takesAlong: (instance, world) => [
        ...belonging(instance, world, [ADDON, ENTRY, ASSOCIATION, POD_IDENTITY]),
        ...rulesOf(instance, world),
        ...insideCluster(instance, world),
    ],
    seconds: { create: 540, update: 480, delete: 240 },
};

const nodeGroup: TypeRule = {
    required: [
        "clusterName",
        "nodeRoleArn",
        "subnetIds",
        "scalingConfig.desiredSize",
        "scalingConfig.maxSize",
        "scalingConfig.minSize",
        "taints[].key",
        "taints[].effect",
    ],
    name: {
        property: "nodeGroupName",
        pattern: /[0-9A-Za-z][A-Za-z0-9_-]*/,
        max: 63,
        unique: "path:clusterName",
        taken: (name) =>
            `api error ResourceInUseException: NodeGroup already exists with name ${name}`,
    },
    references: [
        { ...inCluster, blocks: true },
        ec2Reference("subnetIds[]", SUBNET, "subnet"),
        byArn("nodeRoleArn", ROLE),
        ec2Reference(
            "launchTemplate.id",
            "aws:ec2/launchTemplate:LaunchTemplate",
            "LaunchTemplate",
            false,
        ),
    ],
    immutable: [
        "amiType",
        "capacityType",
        "clusterName",
        "diskSize",
        "instanceTypes",
        "launchTemplate.id",
        "launchTemplate.name",
        "nodeGroupName",
        "nodeRoleArn",
        "remoteAccess",
        "subnetIds",
    ],
    defaults: { amiType: "AL2023_x86_64_STANDARD", capacityType: "ON_DEMAND" },
    check: checkNodeGroup,
    admit: nodesJoin,
    id: ({ inputs }) =>
        `${text(inputs, "clusterName") ?? ""}:${text(inputs, "nodeGroupName") ?? ""}`,
    outputs: (draft, _world, id) => {
        const name = id.slice(id.indexOf(":") + 1);
        const tail = draft.random(32);
        return {
            arn: arn(draft, "eks", `nodegroup/${id.replace(":", "/")}/${tail.slice(0, 8)}`),
            resources: [{ autoscalingGroups: [{ name: `eks-${name}-${tail}` }] }],
            status: "ACTIVE",
        };
    },
    seconds: { create: 120, update: 90, delete: 120 },
};

/** EKS and everything in it. */
export const eks: Readonly<Record<string, TypeRule>> = {
    [CLUSTER]: cluster,
    [NODE_GROUP]: nodeGroup,
    [ADDON]: addon,
    [ENTRY]: entry,
    [ASSOCIATION]: association,
    [POD_IDENTITY]: podIdentity,
};
