import { UNKNOWN, type ExampleResource, type StackExample } from "../example.ts";
import { AURORA, CLOUD_SQL, POSTGRES, RDS } from "./breaks.ts";

/** A resource whose references make all that is not known yet. */
function refers(
    name: string,
    type: string,
    references: Readonly<Record<string, string>>,
): ExampleResource {
    return {
        name,
        type,
        inputs: Object.fromEntries(Object.keys(references).map((input) => [input, UNKNOWN])),
        references: Object.fromEntries(
            Object.entries(references).map(([input, target]) => [input, [target]]),
        ),
    };
}

const NETWORK: readonly ExampleResource[] = [
    { name: "network", type: "aws:ec2/vpc:Vpc", inputs: {} },
    refers("internet", "aws:ec2/internetGateway:InternetGateway", { vpcId: "network" }),
    refers("public-table", "aws:ec2/routeTable:RouteTable", { vpcId: "network" }),
    refers("private-table", "aws:ec2/routeTable:RouteTable", { vpcId: "network" }),
    refers("way-out", "aws:ec2/route:Route", {
        routeTableId: "public-table",
        gatewayId: "internet",
    }),
    refers("inside", "aws:ec2/subnet:Subnet", { vpcId: "network" }),
    refers("association", "aws:ec2/routeTableAssociation:RouteTableAssociation", {
        subnetId: "inside",
        routeTableId: "private-table",
    }),
    {
        name: "group",
        type: "aws:rds/subnetGroup:SubnetGroup",
        inputs: { subnetIds: [UNKNOWN] },
        references: { subnetIds: ["inside"] },
    },
];

const AT = [["database", "dbSubnetGroupName"]] as const;

export const subnetStackExamples: Record<string, readonly StackExample[]> = {
    "db-private-subnets": [
        {
            title: "subnets whose table leads nowhere",
            good: [...NETWORK, refers("database", RDS, { dbSubnetGroupName: "group" })],
            breaks: [
                {
                    title: "the table of the subnet leads to the internet",
                    add: refers("second-way-out", "aws:ec2/route:Route", {
                        routeTableId: "private-table",
                        gatewayId: "internet",
                    }),
                    at: AT,
                },
                {
                    title: "the table leads to a gateway that is named",
                    set: ["private-table", "routes", [{ gatewayId: "igw-0a1b2c3d" }]],
                    at: AT,
                },
                {
                    title: "the subnet gives out public addresses",
                    set: ["inside", "mapPublicIpOnLaunch", true],
                    at: AT,
                },
                {
                    title: "no group is named, and the default one is public",
                    set: ["database", "dbSubnetGroupName", undefined],
                    at: AT,
                },
            ],
            undecided: ["database", "dbSubnetGroupName"],
        },
        {
            title: "a subnet with the main table of its network, which leads nowhere",
            good: [
                ...NETWORK.filter(({ name }) => name !== "association"),
                refers("database", AURORA, { dbSubnetGroupName: "group" }),
            ],
            breaks: [
                {
                    title: "the main table leads to the internet",
                    add: refers(
                        "main",
                        "aws:ec2/mainRouteTableAssociation:MainRouteTableAssociation",
                        {
                            vpcId: "network",
                            routeTableId: "public-table",
                        },
                    ),
                    at: AT,
                },
                {
                    title: "a route to the internet is put into the main table",
                    add: refers("second-way-out", "aws:ec2/route:Route", {
                        routeTableId: "network",
                        gatewayId: "internet",
                    }),
                    at: AT,
                },
            ],
            undecided: ["inside", "vpcId"],
        },
        {
            title: "a workgroup with subnets of its own",
            good: [
                ...NETWORK,
                {
                    name: "workgroup",
                    type: "aws:redshiftserverless/workgroup:Workgroup",
                    inputs: { subnetIds: [UNKNOWN] },
                    references: { subnetIds: ["inside"] },
                },
            ],
            breaks: [
                {
                    title: "no subnets are named",
                    set: ["workgroup", "subnetIds", undefined],
                    at: [["workgroup", "subnetIds"]],
                },
            ],
            undecided: ["workgroup", "subnetIds"],
        },
        {
            title: "a server with a delegated subnet",
            good: [
                { name: "subnet", type: "azure-native:network:Subnet", inputs: {} },
                {
                    name: "server",
                    type: POSTGRES,
                    inputs: { network: { delegatedSubnetResourceId: UNKNOWN } },
                    references: { network: ["subnet"] },
                },
            ],
            breaks: [
                {
                    title: "it has a public address",
                    set: ["server", "network", undefined],
                    at: [["server", "network.delegatedSubnetResourceId"]],
                },
            ],
            undecided: ["server", "network.delegatedSubnetResourceId"],
        },
        {
            title: "an instance in a private network",
            good: [
                { name: "network", type: "gcp:compute/network:Network", inputs: {} },
                {
                    name: "instance",
                    type: CLOUD_SQL,
                    inputs: { settings: { ipConfiguration: { privateNetwork: UNKNOWN } } },
                    references: { settings: ["network"] },
                },
            ],
            breaks: [
                {
                    title: "it has no private network",
                    set: ["instance", "settings.ipConfiguration", { ipv4Enabled: true }],
                    at: [["instance", "settings.ipConfiguration.privateNetwork"]],
                },
            ],
            undecided: ["instance", "settings.ipConfiguration.privateNetwork"],
        },
    ],
};
