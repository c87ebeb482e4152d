import { UNKNOWN, type ExampleResource, type StackExample } from "../example.ts";

const NODE_GROUP = "aws:eks/nodeGroup:NodeGroup";

const subnet = (name: string): readonly ExampleResource[] => [
    {
        name,
        type: "aws:ec2/subnet:Subnet",
        inputs: { vpcId: UNKNOWN },
    },
    { name: `${name}-table`, type: "aws:ec2/routeTable:RouteTable", inputs: { vpcId: UNKNOWN } },
    {
        name: `${name}-association`,
        type: "aws:ec2/routeTableAssociation:RouteTableAssociation",
        inputs: { subnetId: UNKNOWN, routeTableId: UNKNOWN },
        references: { subnetId: [name], routeTableId: [`${name}-table`] },
    },
    {
        name: `${name}-route`,
        type: "aws:ec2/route:Route",
        inputs: { routeTableId: UNKNOWN, destinationCidrBlock: "0.0.0.0/0", natGatewayId: UNKNOWN },
        references: { routeTableId: [`${name}-table`] },
    },
];

const GATEWAY: ExampleResource = {
    name: "internet",
    type: "aws:ec2/internetGateway:InternetGateway",
    inputs: {},
};

/** Examples of subnets that nodes are in. */
export const eksPrivateNodeStackExamples: Record<string, readonly StackExample[]> = {
    "aws-eks-nodes-private": [
        {
            title: "nodes in subnets that lead to a NAT gateway",
            good: [
                ...subnet("a"),
                ...subnet("b"),
                GATEWAY,
                {
                    name: "balancers",
                    type: "aws:ec2/subnet:Subnet",
                    inputs: { mapPublicIpOnLaunch: true },
                },
                {
                    name: "main",
                    type: "aws:eks/cluster:Cluster",
                    inputs: { vpcConfig: { subnetIds: [UNKNOWN] } },
                    references: { vpcConfig: ["balancers"] },
                },
                {
                    name: "workers",
                    type: NODE_GROUP,
                    inputs: { subnetIds: [UNKNOWN, UNKNOWN] },
                    references: { subnetIds: ["a", "b"] },
                },
            ],
            breaks: [
                {
                    title: "a subnet gives out public addresses",
                    set: ["b", "mapPublicIpOnLaunch", true],
                    at: [["workers", "subnetIds"]],
                },
                {
                    title: "a separate route leads to the internet",
                    add: {
                        name: "out",
                        type: "aws:ec2/route:Route",
                        inputs: { routeTableId: UNKNOWN, gatewayId: UNKNOWN },
                        references: { routeTableId: ["a-table"], gatewayId: ["internet"] },
                    },
                    at: [["workers", "subnetIds"]],
                },
                {
                    title: "a route names an internet gateway in writing",
                    set: ["a-route", "gatewayId", "igw-0123456789"],
                    at: [["workers", "subnetIds"]],
                },
                {
                    title: "a table's own routes lead to the internet",
                    set: ["b-table", "routes", [{ cidrBlock: "0.0.0.0/0", gatewayId: "igw-0123" }]],
                    at: [["workers", "subnetIds"]],
                },
            ],
            undecided: ["workers", "subnetIds"],
        },
        {
            title: "a node group that names its subnet in writing",
            good: [
                {
                    name: "a",
                    type: "aws:ec2/subnet:Subnet",
                    inputs: { id: "subnet-1", mapPublicIpOnLaunch: false },
                },
                ...subnet("a").slice(1),
                { name: "workers", type: NODE_GROUP, inputs: { subnetIds: ["subnet-1"] } },
            ],
            breaks: [
                {
                    title: "the subnet gives out public addresses",
                    set: ["a", "mapPublicIpOnLaunch", true],
                    at: [["workers", "subnetIds"]],
                },
            ],
            undecided: ["workers", "subnetIds[0]"],
        },
        {
            title: "a cluster in Auto Mode",
            good: [
                ...subnet("a"),
                {
                    name: "main",
                    type: "aws:eks/cluster:Cluster",
                    inputs: {
                        computeConfig: { enabled: true },
                        vpcConfig: { subnetIds: [UNKNOWN] },
                    },
                    references: { vpcConfig: ["a"] },
                },
            ],
            breaks: [
                {
                    title: "its subnet gives out public addresses",
                    set: ["a", "mapPublicIpOnLaunch", true],
                    at: [["main", "vpcConfig.subnetIds"]],
                },
            ],
            undecided: ["a", "mapPublicIpOnLaunch"],
        },
    ],
};
