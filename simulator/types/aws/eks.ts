import { get, same } from "../../paths.ts";
import type { Draft, Instance, Properties, Refusal, TypeRule, World } from "../../table.ts";
import { insideCluster } from "../kubernetes.ts";
import { arn, byArn, ec2Reference, here, objects, text, texts, trusts, unless } from "./common.ts";
import { checkNodeGroup, nodesJoin } from "./node-groups.ts";

export const CLUSTER = "aws:eks/cluster:Cluster";
export const NODE_GROUP = "aws:eks/nodeGroup:NodeGroup";
export const ADDON = "aws:eks/addon:Addon";
const ENTRY = "aws:eks/accessEntry:AccessEntry";
const ASSOCIATION = "aws:eks/accessPolicyAssociation:AccessPolicyAssociation";
const POD_IDENTITY = "aws:eks/podIdentityAssociation:PodIdentityAssociation";
const SUBNET = "aws:ec2/subnet:Subnet";
const ROLE = "aws:iam/role:Role";

/** Minor versions that EKS offers in November 2026, extended support included. */
const VERSIONS = ["1.31", "1.32", "1.33", "1.34", "1.35", "1.36", "1.37"];

/** Add-ons, with the version that AWS recommends for every supported minor version here. */
const ADDONS: Readonly<Record<string, string>> = {
    "aws-ebs-csi-driver": "v1.62.0-eksbuild.1",
    coredns: "v1.14.2-eksbuild.1",
    "eks-pod-identity-agent": "v1.3.12-eksbuild.1",
    "kube-proxy": "v1.36.2-eksbuild.1",
    "metrics-server": "v0.9.0-eksbuild.1",
    "vpc-cni": "v1.22.1-eksbuild.1",
};

/** Add-ons that run as a Deployment, and so are only healthy once there is a node. */
const NEEDS_NODES = ["aws-ebs-csi-driver", "coredns", "metrics-server"];

const inCluster = {
    path: "clusterName",
    to: [CLUSTER],
    by: "name",
    blocks: false,
    words: (name: string) =>
        `api error ResourceNotFoundException: No cluster found for name: ${name}.`,
} as const;

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

const INVALID = "api error InvalidParameterException:";

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

function admitAddon(draft: Draft, world: World): Refusal[] {
    const { inputs } = draft;
    const name = text(inputs, "addonName") ?? "";
    const nodes = here(draft, world, NODE_GROUP).some(
        ({ outputs }) => outputs["clusterName"] === inputs["clusterName"],
    );
    return [
        ...unless(
            nodes || !NEEDS_NODES.includes(name),
            `unexpected state 'DEGRADED', wanted target 'ACTIVE'. last error: InsufficientNumberOfReplicas: The add-on ${name} is unhealthy because it doesn't have the desired number of replicas.`,
        ),
        ...objects(inputs, "podIdentityAssociations").flatMap((one) =>
            admitPodRole(text(one, "roleArn") ?? "", world),
        ),
    ];
}

/** EKS has to be trusted with both actions, or no pod gets credentials. */
function admitPodRole(roleArn: string, world: World): Refusal[] {
    return unless(
        trusts(world, roleArn, "pods.eks.amazonaws.com", ["sts:AssumeRole", "sts:TagSession"]),
        `${INVALID} Trust policy of role ${roleArn} does not allow pods.eks.amazonaws.com to assume it and tag the session`,
    );
}

const addon: TypeRule = {
    required: ["addonName", "clusterName"],
    references: [inCluster],
    immutable: ["addonName", "clusterName"],
    check: ({ inputs }) => {
        const name = text(inputs, "addonName");
        return unless(
            name === undefined || name in ADDONS,
            `${INVALID} Addon ${name} specified is not supported`,
            "addonName",
        );
    },
    admit: admitAddon,
    id: ({ inputs }) => `${text(inputs, "clusterName") ?? ""}:${text(inputs, "addonName") ?? ""}`,
    outputs: (draft, _world, id) => ({
        arn: arn(draft, "eks", `addon/${id.replace(":", "/")}/${draft.random(8)}`),
        addonVersion:
            draft.inputs["addonVersion"] ?? ADDONS[text(draft.inputs, "addonName") ?? ""] ?? "",
    }),
    seconds: { create: 30 },
};

function admitEntry(draft: Draft, world: World, old?: Instance): Refusal[] {
    const { inputs } = draft;
    const owner = here(draft, world, CLUSTER).find(
        ({ outputs }) => outputs["name"] === inputs["clusterName"],
    );
    const mode = get(owner?.outputs, "accessConfig.authenticationMode") ?? "CONFIG_MAP";
    const twin = here(draft, world, ENTRY).some(
        ({ id, outputs }) =>
            id !== old?.id &&
            same(outputs["clusterName"], inputs["clusterName"]) &&
            same(outputs["principalArn"], inputs["principalArn"]),
    );
    return [
        ...unless(
            mode !== "CONFIG_MAP",
            "api error InvalidRequestException: The cluster's authentication mode must be set to one of [API, API_AND_CONFIG_MAP] to perform this operation.",
        ),
        ...unless(
            !twin,
            "api error ResourceInUseException: The specified access entry resource is already in use on this cluster.",
        ),
    ];
}

const entry: TypeRule = {
    required: ["clusterName", "principalArn"],
    references: [inCluster],
    immutable: ["clusterName", "principalArn", "type"],
    defaults: { type: "STANDARD" },
    check: ({ inputs }) => {
        const principal = text(inputs, "principalArn");
        return unless(
            principal === undefined || /^arn:aws:iam::\d{12}:(role|user)\/.+$/.test(principal),
            `${INVALID} The principalArn parameter format is not valid`,
            "principalArn",
        );
    },
    admit: admitEntry,
    id: ({ inputs }) =>
        `${text(inputs, "clusterName") ?? ""}:${text(inputs, "principalArn") ?? ""}`,
    outputs: (draft) => ({
        accessEntryArn: arn(
            draft,
            "eks",
            `access-entry/${text(draft.inputs, "clusterName") ?? ""}/${draft.random(8)}`,
        ),
        userName: draft.inputs["userName"] ?? draft.inputs["principalArn"] ?? "",
    }),
    seconds: { create: 2 },
};

const association: TypeRule = {
    required: ["clusterName", "principalArn", "policyArn", "accessScope.type"],
    references: [inCluster],
    immutable: ["clusterName", "principalArn", "policyArn", "accessScope"],
    check: ({ inputs }) => {
        const policy = text(inputs, "policyArn");
        return unless(
            policy === undefined || policy.startsWith("arn:aws:eks::aws:cluster-access-policy/"),
            `${INVALID} The policyArn parameter format is not valid`,
            "policyArn",
        );
    },
    admit: (draft, world) =>
        unless(
            here(draft, world, ENTRY).some(
                ({ outputs }) =>
                    same(outputs["clusterName"], draft.inputs["clusterName"]) &&
                    same(outputs["principalArn"], draft.inputs["principalArn"]),
            ),
            `api error ResourceNotFoundException: The specified principalArn could not be found. You can view your available access entries with 'aws eks list-access-entries'.`,
        ),
    id: ({ inputs }) =>
        ["clusterName", "principalArn", "policyArn"]
            .map((key) => text(inputs, key) ?? "")
            .join("#"),
    seconds: { create: 2 },
};

const podIdentity: TypeRule = {
    required: ["clusterName", "namespace", "serviceAccount", "roleArn"],
    references: [inCluster],
    immutable: ["clusterName", "namespace", "serviceAccount"],
    admit: (draft, world, old) => [
        ...unless(
            !here(draft, world, POD_IDENTITY).some(
                ({ id, outputs }) =>
                    id !== old?.id &&
                    ["clusterName", "namespace", "serviceAccount"].every((key) =>
                        same(outputs[key], draft.inputs[key]),
                    ),
            ),
            "api error ResourceInUseException: Association already exists",
        ),
        ...admitPodRole(text(draft.inputs, "roleArn") ?? "", world),
    ],
    id: ({ random }) => `a-${random(17, "abcdefghijklmnopqrstuvwxyz0123456789")}`,
    outputs: (draft, _world, id) => ({
        associationArn: arn(
            draft,
            "eks",
            `podidentityassociation/${text(draft.inputs, "clusterName") ?? ""}/${id}`,
        ),
        associationId: id,
    }),
    seconds: { create: 2 },
};

/** The version that AWS recommends for an add-on. */
export function recommendedVersion(args: Properties): Properties {
    const name = text(args, "addonName") ?? "";
    const version = ADDONS[name];
    if (version === undefined || !VERSIONS.includes(text(args, "kubernetesVersion") ?? "")) {
        throw new Error(
            `reading EKS Add-On version info (${name}, ${text(args, "kubernetesVersion")}): couldn't find resource`,
        );
    }
    return { ...args, id: name, version };
}

/** EKS and everything in it. */
export const eks: Readonly<Record<string, TypeRule>> = {
    [CLUSTER]: cluster,
    [NODE_GROUP]: nodeGroup,
    [ADDON]: addon,
    [ENTRY]: entry,
    [ASSOCIATION]: association,
    [POD_IDENTITY]: podIdentity,
};
