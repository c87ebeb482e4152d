import { same } from "../../paths.ts";
import type { Draft, Instance, Refusal, TypeRule, World } from "../../table.ts";
import {
    arn,
    bounds,
    ec2Id,
    ec2Reference,
    number,
    objects,
    text,
    texts,
    unless,
} from "./common.ts";

const VPC = "aws:ec2/vpc:Vpc";
const GROUP = "aws:ec2/securityGroup:SecurityGroup";
const TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";
const CLUSTER = "aws:eks/cluster:Cluster";
const NODE_GROUP = "aws:eks/nodeGroup:NodeGroup";

/** The security groups that a launch template gives to machines. */
export function groupsOf(template: Instance | undefined): string[] {
    const outputs = template?.outputs ?? {};
    return [
        ...texts(outputs, "vpcSecurityGroupIds"),
        ...objects(outputs, "networkInterfaces").flatMap((one) => texts(one, "securityGroups")),
    ];
}

/** Machines of a node group hold on to the groups of their template. */
function heldByNodes(group: Instance, world: World): string | undefined {
    const holder = world.all(NODE_GROUP).find(({ outputs }) => {
        const id = text(outputs, "launchTemplate.id");
        return id !== undefined && groupsOf(world.find([TEMPLATE], id)).includes(group.id);
    });
    if (!holder) return undefined;
    return `api error DependencyViolation: resource ${group.id} has a dependent object`;
}

/** What a rule lets through, without its description and tags. */
function essence({ inputs }: Pick<Instance, "inputs">) {
    const { description: _description, tags: _tags, ...rest } = inputs;
    return rest;
}

function checkRule({ inputs }: Draft): Refusal[] {
    const sources = ["cidrIpv4", "cidrIpv6", "prefixListId", "referencedSecurityGroupId"];
    const given = sources.filter((source) => inputs[source] !== undefined);
    const cidr = text(inputs, "cidrIpv4");
    const [from, to] = [number(inputs, "fromPort"), number(inputs, "toPort")];
    return [
        ...unless(
            given.length === 1,
            `exactly one of [${sources.join(",")}] must be specified, got ${given.length}`,
        ),
        ...unless(
            cidr === undefined || bounds(cidr) !== undefined,
            `api error InvalidParameterValue: CIDR block ${cidr} is malformed`,
            "cidrIpv4",
        ),
        ...unless(
            from === undefined || to === undefined || from <= to,
            `api error InvalidParameterValue: Invalid TCP/UDP port range (${from}:${to})`,
            "fromPort",
        ),
    ];
}

/** True for a group of the account, and for the one that EKS makes for a cluster. */
function isGroup(world: World, id: string): boolean {
    return (
        world.find([GROUP], id) !== undefined ||
        world.find([CLUSTER], id, "vpcConfig.clusterSecurityGroupId") !== undefined
    );
}

/** EC2's words for a group that is not there. */
function noGroup(id: string): string {
    return `api error InvalidGroup.NotFound: The security group '${id}' does not exist`;
}

function admitRule(draft: Draft, world: World, old?: Instance): Refusal[] {
    const group = text(draft.inputs, "securityGroupId") ?? "";
    const twin = world
        .all(draft.type)
        .some((other) => other.id !== old?.id && same(essence(other), essence(draft)));
    return [
        ...unless(
            !twin,
            "api error InvalidPermission.Duplicate: the specified rule already exists",
        ),
        ...unless(isGroup(world, group), noGroup(group)),
    ];
}

const rule: TypeRule = {
    required: ["securityGroupId", "ipProtocol"],
    references: [ec2Reference("referencedSecurityGroupId", GROUP, "Group")],
    immutable: ["securityGroupId"],
    check: checkRule,
    admit: admitRule,
    id: ec2Id("sgr"),
    outputs: (draft, _world, id) => ({
        arn: arn(draft, "ec2", `security-group-rule/${id}`),
        securityGroupRuleId: id,
    }),
    seconds: { create: 2 },
};

function admitTemplate({ inputs }: Draft, world: World): Refusal[] {
    const outputs = { ...inputs };
    return groupsOf({ outputs } as Instance)
        .filter((id) => !isGroup(world, id))
        .map((id) => ({ reason: noGroup(id) }));
}

/** EC2 keeps every version of a template; a changed one gets the next number. */
function latestVersion(draft: Draft, world: World, id: string): number {
    const before = world.find([TEMPLATE], id);
    if (!before) return 1;
    const last = number(before.outputs, "latestVersion") ?? 1;
    return same(before.inputs, draft.inputs) ? last : last + 1;
}

/** Security groups and what machines are launched from. */
export const machines: Readonly<Record<string, TypeRule>> = {
    "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": {
        references: [ec2Reference("vpcId", VPC, "vpc", false)],
        immutable: ["vpcId"],
        id: ({ inputs }, world) =>
            text(
                world.find([VPC], inputs["vpcId"] ?? "")?.outputs ?? {},
                "defaultSecurityGroupId",
            ) ?? "",
        outputs: (draft, _world, id) => ({
            arn: arn(draft, "ec2", `security-group/${id}`),
            name: "default",
            ownerId: draft.scope.account,
        }),
        seconds: { create: 2, delete: 0 },
    },
    [GROUP]: {
        name: {
            property: "name",
            pattern: /(?!sg-)[A-Za-z0-9 ._\-:/()#,@[\]+=&;{}!$*]+/,
            max: 255,
            unique: "path:vpcId",
            taken: (name) =>
                `api error InvalidGroup.Duplicate: The security group '${name}' already exists for VPC`,
        },
        references: [ec2Reference("vpcId", VPC, "vpc")],
        immutable: ["name", "description", "vpcId"],
        defaults: { description: "Managed by Pulumi" },
        id: ec2Id("sg"),
        outputs: (draft, _world, id) => ({
            arn: arn(draft, "ec2", `security-group/${id}`),
            ownerId: draft.scope.account,
        }),
        refuseDelete: heldByNodes,
        seconds: { create: 3 },
    },
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": rule,
    "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": rule,
    [TEMPLATE]: {
        name: {
            property: "name",
            pattern: /[A-Za-z0-9().\-/_]{3,}/,
            max: 128,
            unique: "region",
            taken: () =>
                "api error InvalidLaunchTemplateName.AlreadyExistsException: Launch template name already in use.",
        },
        references: [
            {
                path: "blockDeviceMappings[].ebs.kmsKeyId",
                to: ["aws:kms/key:Key"],
                by: "arn",
                blocks: false,
            },
        ],
        immutable: ["name", "namePrefix"],
        admit: admitTemplate,
        id: ec2Id("lt"),
        outputs: (draft, world, id) => ({
            arn: arn(draft, "ec2", `launch-template/${id}`),
            defaultVersion: 1,
            latestVersion: latestVersion(draft, world, id),
        }),
        seconds: { create: 2 },
    },
};
