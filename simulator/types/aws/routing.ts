import type { Draft, Instance, Properties, Refusal, TypeRule, World } from "../../table.ts";
import { arn, ec2Id, ec2Reference, named, text, unless } from "./common.ts";

const VPC = "aws:ec2/vpc:Vpc";
const SUBNET = "aws:ec2/subnet:Subnet";
const TABLE = "aws:ec2/routeTable:RouteTable";
const GATEWAY = "aws:ec2/internetGateway:InternetGateway";
const NAT = "aws:ec2/natGateway:NatGateway";
const EIP = "aws:ec2/eip:Eip";

const inVpc = ec2Reference("vpcId", VPC, "vpc");

/** The Internet gateway of a VPC. */
function gatewayOf(world: World, vpcId: Properties[string] | undefined): Instance | undefined {
    return world.all(GATEWAY).find(({ outputs }) => outputs["vpcId"] === vpcId);
}

function admitNat({ inputs }: Draft, world: World): Refusal[] {
    const vpcId = world.find([SUBNET], inputs["subnetId"] ?? "")?.outputs["vpcId"];
    const taken = world
        .all(NAT)
        .some(({ outputs }) => outputs["allocationId"] === inputs["allocationId"]);
    return [
        ...unless(
            gatewayOf(world, vpcId) !== undefined,
            `api error Gateway.NotAttached: Network ${String(vpcId)} has no Internet gateway attached`,
        ),
        ...unless(
            !taken,
            `api error Resource.AlreadyAssociated: Elastic IP address [${String(inputs["allocationId"])}] is already associated`,
        ),
    ];
}

/** A gateway cannot be taken off while something in its VPC has a public address. */
function mapped(instance: Instance, world: World): string | undefined {
    const vpcId = instance.outputs["vpcId"];
    const inside = world
        .all(NAT)
        .some(
            ({ outputs }) =>
                world.find([SUBNET], outputs["subnetId"] ?? "")?.outputs["vpcId"] === vpcId,
        );
    if (!inside) return undefined;
    return `api error DependencyViolation: Network ${String(vpcId)} has some mapped public address(es). Please unmap those public address(es) before detaching the gateway.`;
}

function admitRoute({ inputs }: Draft, world: World, old?: Instance): Refusal[] {
    const { routeTableId, destinationCidrBlock } = inputs;
    const taken = world
        .all("aws:ec2/route:Route")
        .some(
            ({ id, outputs }) =>
                id !== old?.id &&
                outputs["routeTableId"] === routeTableId &&
                outputs["destinationCidrBlock"] === destinationCidrBlock,
        );
    const targets = ["gatewayId", "natGatewayId", "vpcEndpointId", "transitGatewayId"];
    const given = targets.filter((target) => inputs[target] !== undefined);
    return [
        ...unless(
            !taken,
            `api error RouteAlreadyExists: Route in Route Table (${String(routeTableId)}) with destination (${String(destinationCidrBlock)}) already exists`,
        ),
        ...unless(
            given.length === 1,
            `one of \`${targets.join(",")}\` must be specified, and only one`,
        ),
    ];
}

function admitAssociation({ inputs }: Draft, world: World, old?: Instance): Refusal[] {
    const taken = world
        .all("aws:ec2/routeTableAssociation:RouteTableAssociation")
        .some(({ id, outputs }) => id !== old?.id && outputs["subnetId"] === inputs["subnetId"]);
    return unless(
        !taken,
        `api error Resource.AlreadyAssociated: the specified association for route table ${String(inputs["routeTableId"])} conflicts with an existing association`,
    );
}

/** The ways out of a VPC. */
export const routing: Readonly<Record<string, TypeRule>> = {
    [GATEWAY]: {
        references: [inVpc],
        id: ec2Id("igw"),
        outputs: named("internet-gateway"),
        refuseDelete: mapped,
        admit: ({ inputs }, world, old) =>
            unless(
                [old?.id, undefined].includes(gatewayOf(world, inputs["vpcId"])?.id),
                `api error Resource.AlreadyAssociated: resource ${String(inputs["vpcId"])} is already attached to an internet gateway`,
            ),
        seconds: { create: 2 },
    },
    [EIP]: {
        immutable: ["domain", "networkBorderGroup", "publicIpv4Pool"],
        id: ec2Id("eipalloc"),
        outputs: (draft, _world, id) => {
            const [a, b] = [draft.random(4).slice(0, 2), draft.random(4).slice(2)];
            const publicIp = `52.28.${Number.parseInt(a, 16)}.${Number.parseInt(b, 16)}`;
            return { allocationId: id, publicIp, arn: arn(draft, "ec2", `elastic-ip/${id}`) };
        },
        seconds: { create: 2 },
    },
    [NAT]: {
        required: ["subnetId"],
        references: [
            ec2Reference("subnetId", SUBNET, "subnet"),
            ec2Reference("allocationId", EIP, "AllocationID"),
        ],
        immutable: ["allocationId", "subnetId", "connectivityType", "privateIp"],
        defaults: { connectivityType: "public" },
        admit: admitNat,
        id: ec2Id("nat"),
        outputs: (draft, world) => ({
            networkInterfaceId: `eni-0${draft.random(16)}`,
            publicIp:
                text(
                    world.find([EIP], draft.inputs["allocationId"] ?? "")?.outputs ?? {},
                    "publicIp",
                ) ?? "",
        }),
        seconds: { create: 100, delete: 50 },
    },
    [TABLE]: {
        required: ["vpcId"],
        references: [inVpc],
        immutable: ["vpcId"],
        id: ec2Id("rtb"),
        outputs: named("route-table"),
        seconds: { create: 2 },
    },
    "aws:ec2/route:Route": {
        required: ["routeTableId"],
        references: [
            ec2Reference("routeTableId", TABLE, "RouteTable", false),
            ec2Reference("gatewayId", GATEWAY, "Gateway", false),
            ec2Reference("natGatewayId", NAT, "NatGateway", false),
        ],
        immutable: ["routeTableId", "destinationCidrBlock", "destinationPrefixListId"],
        admit: admitRoute,
        id: ({ inputs, random }) =>
            `r-${text(inputs, "routeTableId") ?? ""}${Number.parseInt(random(8), 16)}`,
        outputs: () => ({ state: "active", origin: "CreateRoute" }),
        seconds: { create: 2 },
    },
    "aws:ec2/routeTableAssociation:RouteTableAssociation": {
        required: ["routeTableId"],
        references: [
            ec2Reference("routeTableId", TABLE, "RouteTable"),
            ec2Reference("subnetId", SUBNET, "subnet", false),
        ],
        immutable: ["subnetId", "gatewayId"],
        admit: admitAssociation,
        id: ec2Id("rtbassoc"),
        seconds: { create: 2 },
    },
};
