import type { Draft, Instance, Refusal, TypeRule, World } from "../../table.ts";
import {
    arn,
    bounds,
    ec2Id,
    ec2Reference,
    here,
    named,
    number,
    objects,
    prefix,
    text,
    texts,
    unless,
} from "./common.ts";

const VPC = "aws:ec2/vpc:Vpc";
const SUBNET = "aws:ec2/subnet:Subnet";
const TABLE = "aws:ec2/routeTable:RouteTable";

const inVpc = ec2Reference("vpcId", VPC, "vpc");

function checkBlock(draft: Draft, code: string): Refusal[] {
    const cidr = text(draft.inputs, "cidrBlock");
    if (cidr === undefined) return [];
    const size = prefix(cidr);
    const fits = bounds(cidr) !== undefined && size >= 16 && size <= 28;
    return unless(fits, `api error ${code}.Range: The CIDR '${cidr}' is invalid.`, "cidrBlock");
}

/** A subnet's block lies in its VPC and overlaps no other; its zone is one of the region. */
function admitSubnet(draft: Draft, world: World, old?: Instance): Refusal[] {
    const { inputs, scope } = draft;
    const cidr = text(inputs, "cidrBlock") ?? "";
    const block = bounds(cidr) ?? [0, -1];
    const vpc = world.find([VPC], inputs["vpcId"] ?? "");
    const around = bounds(text(vpc?.outputs ?? {}, "cidrBlock") ?? "0.0.0.0/0") ?? [0, -1];
    const conflict = world.all(SUBNET).some((other) => {
        const [first, last] = bounds(text(other.outputs, "cidrBlock") ?? "") ?? [0, -1];
        return (
            other.id !== old?.id &&
            other.outputs["vpcId"] === inputs["vpcId"] &&
            first <= block[1] &&
            block[0] <= last
        );
    });
    const zone = text(inputs, "availabilityZone");
    return [
        ...unless(
            around[0] <= block[0] && block[1] <= around[1],
            `api error InvalidSubnet.Range: The CIDR '${cidr}' is invalid.`,
        ),
        ...unless(
            !conflict,
            `api error InvalidSubnet.Conflict: The CIDR '${cidr}' conflicts with another subnet`,
        ),
        ...unless(
            zone === undefined || zone.startsWith(scope.region),
            `api error InvalidParameterValue: Value (${zone}) for parameter availabilityZone is invalid. Subnets can currently only be created in the following availability zones: ${scope.region}a, ${scope.region}b, ${scope.region}c.`,
        ),
    ];
}

function checkAcl({ inputs }: Draft): Refusal[] {
    return ["ingress", "egress"].flatMap((direction) => {
        const rules = objects(inputs, direction);
        const numbers = rules.map((rule) => rule["ruleNo"]);
        return [
            ...unless(
                new Set(numbers).size === numbers.length,
                `api error NetworkAclEntryAlreadyExists: The network acl entry identified by a rule number in ${direction} already exists.`,
                direction,
            ),
            ...rules.flatMap((rule) =>
                unless(
                    rule["action"] === "allow" || rule["action"] === "deny",
                    `expected action to be one of ["allow" "deny"], got ${String(rule["action"])}`,
                    direction,
                ),
            ),
        ];
    });
}

function admitEndpoint(draft: Draft, world: World, old?: Instance): Refusal[] {
    const { inputs, scope } = draft;
    const service = text(inputs, "serviceName") ?? "";
    const vpc = world.find([VPC], inputs["vpcId"] ?? "");
    const wantsDns = inputs["privateDnsEnabled"] === true;
    const dns =
        vpc?.outputs["enableDnsSupport"] !== false && vpc?.outputs["enableDnsHostnames"] === true;
    const twin = here(draft, world, "aws:ec2/vpcEndpoint:VpcEndpoint").some(
        ({ id, outputs }) =>
            id !== old?.id &&
            outputs["vpcId"] === inputs["vpcId"] &&
            outputs["serviceName"] === service,
    );
    const zones = texts(inputs, "subnetIds").map(
        (id) => world.find([SUBNET], id)?.outputs["availabilityZone"] ?? id,
    );
    return [
        ...unless(
            service.startsWith(`com.amazonaws.${scope.region}.`),
            `api error InvalidServiceName: The Vpc Endpoint Service '${service}' does not exist`,
        ),
        ...unless(
            !wantsDns || dns,
            "api error InvalidParameter: Enabling private DNS requires both enableDnsSupport and enableDnsHostnames VPC attributes set to true",
        ),
        ...unless(
            !twin || !wantsDns,
            `api error InvalidParameter: private-dns-enabled cannot be set because there is already a conflicting DNS domain for ${service} in the VPC`,
        ),
        ...unless(
            new Set(zones).size === zones.length,
            "api error DuplicateSubnetsInSameZone: Found another VPC endpoint subnet in the availability zone",
        ),
    ];
}

/** VPC and what it is divided into. */
export const network: Readonly<Record<string, TypeRule>> = {
    [VPC]: {
        required: ["cidrBlock"],
        immutable: ["cidrBlock", "instanceTenancy", "ipv4IpamPoolId"],
        defaults: { enableDnsSupport: true, instanceTenancy: "default" },
        check: (draft) => checkBlock(draft, "InvalidVpc"),
        id: ec2Id("vpc"),
        outputs: (draft, world, id) => ({
            ...named("vpc")(draft, world, id),
            enableDnsHostnames: draft.inputs["enableDnsHostnames"] ?? false,
            defaultSecurityGroupId: `sg-0${draft.random(24).slice(8)}`,
            defaultNetworkAclId: `acl-0${draft.random(24).slice(8)}`,
            mainRouteTableId: `rtb-0${draft.random(24).slice(8)}`,
        }),
        seconds: { create: 12 },
    },
    [SUBNET]: {
        required: ["vpcId", "cidrBlock"],
        references: [inVpc],
        immutable: ["vpcId", "cidrBlock", "availabilityZone", "availabilityZoneId", "outpostArn"],
        defaults: { mapPublicIpOnLaunch: false },
        check: (draft) => checkBlock(draft, "InvalidSubnet"),
        admit: admitSubnet,
        id: ec2Id("subnet"),
        outputs: named("subnet"),
        seconds: { create: 2 },
    },
    "aws:ec2/networkAcl:NetworkAcl": {
        required: ["ingress", "egress"].reduce(
            (paths, direction) => [
                ...paths,
                `${direction}[].fromPort`,
                `${direction}[].toPort`,
                `${direction}[].protocol`,
            ],
            ["vpcId"],
        ),
        references: [inVpc, ec2Reference("subnetIds[]", SUBNET, "subnet", false)],
        immutable: ["vpcId"],
        check: checkAcl,
        id: ec2Id("acl"),
        outputs: named("network-acl"),
        seconds: { create: 2 },
    },
    "aws:ec2/vpcEndpoint:VpcEndpoint": {
        required: ["vpcId"],
        references: [
            inVpc,
            ec2Reference("subnetIds[]", SUBNET, "subnet"),
            ec2Reference("routeTableIds[]", TABLE, "RouteTable"),
            ec2Reference("securityGroupIds[]", "aws:ec2/securityGroup:SecurityGroup", "Group"),
        ],
        immutable: ["vpcId", "serviceName", "vpcEndpointType"],
        defaults: { vpcEndpointType: "Gateway" },
        check: ({ inputs }) =>
            unless(
                inputs["vpcEndpointType"] !== "Gateway" || inputs["privateDnsEnabled"] !== true,
                "api error InvalidParameter: Private DNS cannot be enabled for Gateway endpoints",
                "privateDnsEnabled",
            ),
        admit: admitEndpoint,
        id: ec2Id("vpce"),
        outputs: (draft, _world, id) => ({
            arn: arn(draft, "ec2", `vpc-endpoint/${id}`),
            ownerId: draft.scope.account,
            state: "available",
        }),
        seconds: { create: 60 },
    },
    "aws:ec2/flowLog:FlowLog": {
        references: [
            ec2Reference("vpcId", VPC, "vpc", false),
            {
                path: "logDestination",
                to: ["aws:cloudwatch/logGroup:LogGroup"],
                by: "arn",
                blocks: false,
                words: (value) =>
                    `api error InvalidParameter: LogDestination ${value} does not exist`,
            },
        ],
        immutable: [
            "vpcId",
            "subnetId",
            "eniId",
            "trafficType",
            "logDestination",
            "logDestinationType",
            "logFormat",
            "iamRoleArn",
            "maxAggregationInterval",
        ],
        check: ({ inputs }) => {
            const interval = number(inputs, "maxAggregationInterval") ?? 600;
            return [
                ...unless(
                    interval === 60 || interval === 600,
                    `expected max_aggregation_interval to be one of [60 600], got ${interval}`,
                    "maxAggregationInterval",
                ),
                ...unless(
                    inputs["logDestinationType"] === "s3" || inputs["iamRoleArn"] !== undefined,
                    "api error InvalidParameter: DeliverLogsPermissionArn can't be empty if LogDestinationType is cloud-watch-logs.",
                    "iamRoleArn",
                ),
            ];
        },
        id: ec2Id("fl"),
        outputs: (draft, _world, id) => ({ arn: arn(draft, "ec2", `vpc-flow-log/${id}`) }),
        seconds: { create: 3 },
    },
};
