import type { Json } from "../../../policies/examples/example.ts";
import type { Mutation } from "./mutation.ts";

/** The group that marks the nodes. It has no rules of its own in the program. */
const NODES = {
    type: "aws:ec2/securityGroup:SecurityGroup",
    name: "myapp-prod-aws-nodes",
} as const;
const OPENING = {
    type: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
    name: "myapp-prod-aws-endpoints",
} as const;

/** Opens the nodes to the world. */
function openNodes(protocol: string, fromPort: number, toPort: number): Mutation["do"] {
    const rule = { protocol, fromPort, toPort, cidrBlocks: ["0.0.0.0/0"], description: "Test" };
    return [{ ...NODES, set: { ingress: [rule] } }];
}

/** Lets what a prefix list holds reach a port of the endpoints. */
function throughList(port: number): Pick<Mutation, "do" | "add"> {
    const world: Json = [{ cidr: "0.0.0.0/0", description: "Everybody" }];
    return {
        do: [
            {
                ...OPENING,
                set: { cidrIpv4: undefined, prefixListId: "pl-1", fromPort: port, toPort: port },
                keepReferences: true,
            },
        ],
        add: [
            {
                type: "aws:ec2/managedPrefixList:ManagedPrefixList",
                name: "world",
                inputs: { id: "pl-1", entries: world, tags: { Owner: "test", CostCentre: "test" } },
            },
        ],
    };
}

export const networkMutations: readonly Mutation[] = [
    {
        rule: "net-no-world-ingress-admin-ports",
        title: "the internet reaches SSH on the nodes",
        do: openNodes("tcp", 22, 22),
        at: "ingress[0]",
    },
    {
        rule: "net-no-world-ingress-admin-ports",
        title: "the internet reaches RDP through a prefix list that holds all of it",
        ...throughList(3389),
        at: "",
    },
    {
        rule: "net-no-world-ingress-db-ports",
        title: "the internet reaches PostgreSQL on the nodes",
        do: openNodes("tcp", 5432, 5432),
        at: "ingress[0]",
    },
    {
        rule: "net-no-world-ingress-any",
        title: "the internet reaches every port of UDP on the nodes",
        do: openNodes("udp", 0, 65535),
        at: "ingress[0]",
    },
    {
        rule: "net-no-plain-http-ingress",
        title: "the internet reaches port 80 of the nodes, before which no load balancer redirects",
        do: openNodes("tcp", 80, 80),
        at: "ingress[0]",
    },
    {
        rule: "net-egress-restricted",
        title: "the nodes' group lets everything out",
        do: [
            {
                ...NODES,
                set: {
                    egress: [
                        {
                            protocol: "-1",
                            fromPort: 0,
                            toPort: 0,
                            cidrBlocks: ["0.0.0.0/0"],
                            description: "Test",
                        },
                    ],
                },
            },
        ],
        at: "egress[0]",
    },
    {
        rule: "net-rule-description",
        title: "nobody says what the opening of the endpoints is for",
        do: [{ ...OPENING, set: { description: undefined } }],
        at: "description",
    },
    {
        rule: "aws-default-sg-closed",
        title: "nothing manages the default group of the VPC",
        do: [{ type: "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup" }],
        at: "",
    },
    {
        rule: "net-flow-logs",
        title: "the flow log of the VPC is gone",
        do: [{ type: "aws:ec2/flowLog:FlowLog" }],
        at: "",
    },
    {
        rule: "net-subnet-no-auto-public-ip",
        title: "a subnet of databases gives out public addresses",
        do: [
            {
                type: "aws:ec2/subnet:Subnet",
                name: "myapp-prod-aws-database-a",
                set: { mapPublicIpOnLaunch: true },
            },
        ],
        at: "mapPublicIpOnLaunch",
        // A database stands in it, and what gives out public addresses is no private subnet.
        also: ["db-private-subnets"],
    },
    {
        rule: "az-subnet-has-nsg",
        title: "a subnet of nodes on Azure has no security group",
        do: [
            {
                type: "azure-native:network:Subnet",
                name: "myapp-prod-azure-nodes-1",
                set: { networkSecurityGroup: undefined },
            },
        ],
        at: "networkSecurityGroup",
    },
    {
        rule: "gcp-subnet-private-google-access",
        title: "machines on Google Cloud reach its APIs over the internet only",
        do: [{ type: "gcp:compute/subnetwork:Subnetwork", set: { privateIpGoogleAccess: false } }],
        at: "privateIpGoogleAccess",
    },
    {
        rule: "gcp-no-default-network",
        title: "the network makes subnets in every region",
        do: [{ type: "gcp:compute/network:Network", set: { autoCreateSubnetworks: true } }],
        at: "autoCreateSubnetworks",
        // Machines in those subnets get to the database, which is peered with the whole network.
        also: ["db-reachable-only-from-cluster"],
    },
    {
        rule: "aws-no-sg-rule-mixing",
        title: "the endpoints' group has ways in inline beside those that are resources",
        do: [
            {
                type: NODES.type,
                name: "myapp-prod-aws-endpoints",
                set: {
                    ingress: [
                        {
                            protocol: "tcp",
                            fromPort: 443,
                            toPort: 443,
                            cidrBlocks: ["10.205.0.0/16"],
                            description: "Test",
                        },
                    ],
                },
            },
        ],
        at: "ingress",
    },
];
