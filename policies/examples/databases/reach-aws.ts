import { UNKNOWN, type ExampleResource, type StackExample } from "../example.ts";
import { RDS } from "./breaks.ts";

const GROUP = "aws:ec2/securityGroup:SecurityGroup";
const SUBNET = "aws:ec2/subnet:Subnet";
const INGRESS = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";

const CLUSTER: readonly ExampleResource[] = [
    { name: "node-subnet", type: SUBNET, inputs: { cidrBlock: "10.0.0.0/18" } },
    { name: "other-subnet", type: SUBNET, inputs: { cidrBlock: "10.0.64.0/18" } },
    { name: "nodes", type: GROUP, inputs: {} },
    { name: "stranger", type: GROUP, inputs: {} },
    {
        name: "cluster",
        type: "aws:eks/cluster:Cluster",
        inputs: { vpcConfig: { subnetIds: [UNKNOWN] } },
        references: { vpcConfig: ["node-subnet"] },
    },
    {
        name: "template",
        type: "aws:ec2/launchTemplate:LaunchTemplate",
        inputs: { vpcSecurityGroupIds: [UNKNOWN] },
        references: { vpcSecurityGroupIds: ["nodes"] },
    },
    {
        name: "node-group",
        type: "aws:eks/nodeGroup:NodeGroup",
        inputs: { subnetIds: [UNKNOWN], launchTemplate: { id: UNKNOWN } },
        references: { subnetIds: ["node-subnet"], launchTemplate: ["template"] },
    },
    {
        name: "database",
        type: RDS,
        inputs: { engine: "postgres", vpcSecurityGroupIds: [UNKNOWN] },
        references: { vpcSecurityGroupIds: ["guard"] },
    },
];

const PORT = { fromPort: 5432, toPort: 5432 };
const GUARD: ExampleResource = { name: "guard", type: GROUP, inputs: {} };
const AT_RULE = [["rule", ""]] as const;
const AT_INLINE = [["guard", "ingress[0]"]] as const;

const rule = (input: string, target: string): ExampleResource => ({
    name: "rule",
    type: INGRESS,
    inputs: { ...PORT, ipProtocol: "tcp", securityGroupId: UNKNOWN, [input]: UNKNOWN },
    references: { securityGroupId: ["guard"], [input]: [target] },
});

export const awsReachExamples: readonly StackExample[] = [
    {
        title: "a rule that names the group of the nodes",
        good: [...CLUSTER, GUARD, rule("referencedSecurityGroupId", "nodes")],
        breaks: [
            {
                title: "another group gets in as well",
                add: { ...rule("referencedSecurityGroupId", "stranger"), name: "second" },
                at: [["second", ""]],
            },
            {
                title: "a range that is wider than the nodes' gets in",
                set: ["rule", "cidrIpv4", "10.0.0.0/16"],
                at: AT_RULE,
            },
            {
                title: "the whole internet gets in",
                set: ["rule", "cidrIpv4", "0.0.0.0/0"],
                at: AT_RULE,
            },
            { title: "more ports are open", set: ["rule", "toPort", 5433], at: AT_RULE },
            { title: "every port is open", set: ["rule", "ipProtocol", "-1"], at: AT_RULE },
            {
                title: "the port is not that of the database",
                set: ["database", "port", 6000],
                at: AT_RULE,
            },
        ],
        undecided: ["rule", "referencedSecurityGroupId"],
    },
    {
        title: "a rule that names the group which EKS makes",
        good: [...CLUSTER, GUARD, rule("referencedSecurityGroupId", "cluster")],
        breaks: [
            {
                title: "the database uses another port",
                set: ["rule", "fromPort", 22],
                at: AT_RULE,
            },
        ],
        undecided: ["rule", "securityGroupId"],
    },
    {
        title: "a rule that takes its range from a subnet of the nodes",
        good: [...CLUSTER, GUARD, rule("cidrIpv4", "node-subnet")],
        breaks: [
            {
                title: "the range is that of another subnet",
                set: ["rule", "cidrIpv4", "10.0.64.0/18"],
                at: AT_RULE,
            },
            {
                title: "another subnet gets in as well, of which only the reference is known",
                add: { ...rule("cidrIpv4", "other-subnet"), name: "second" },
                at: [["second", ""]],
            },
        ],
        undecided: ["rule", "cidrIpv4"],
    },
    {
        title: "rules inside the group",
        good: [
            ...CLUSTER,
            {
                ...GUARD,
                inputs: {
                    ingress: [
                        { ...PORT, protocol: "tcp", securityGroups: [UNKNOWN] },
                        { ...PORT, protocol: "tcp", cidrBlocks: ["10.0.16.0/20"], self: true },
                    ],
                },
                references: { ingress: ["nodes"] },
            },
        ],
        breaks: [
            {
                title: "a range of strangers gets in",
                set: [
                    "guard",
                    "ingress",
                    [{ ...PORT, protocol: "tcp", cidrBlocks: ["10.9.0.0/16"] }],
                ],
                at: AT_INLINE,
            },
            {
                title: "the whole internet gets in by IPv6",
                set: ["guard", "ingress", [{ ...PORT, protocol: "tcp", ipv6CidrBlocks: ["::/0"] }]],
                at: AT_INLINE,
            },
        ],
        undecided: ["guard", "ingress"],
    },
    {
        title: "an older kind of rule, and a bastion that is let in on purpose",
        options: { also: ["stranger", "192.0.2.0/28"] },
        good: [
            ...CLUSTER,
            GUARD,
            {
                name: "rule",
                type: "aws:ec2/securityGroupRule:SecurityGroupRule",
                inputs: {
                    ...PORT,
                    type: "ingress",
                    protocol: "tcp",
                    securityGroupId: UNKNOWN,
                    sourceSecurityGroupId: UNKNOWN,
                },
                references: { securityGroupId: ["guard"], sourceSecurityGroupId: ["stranger"] },
            },
            { ...rule("cidrIpv4", "node-subnet"), name: "office" },
        ],
        breaks: [
            { title: "nobody but the cluster is meant to", options: {}, at: AT_RULE },
            {
                title: "a range beside the one that is meant gets in",
                set: ["office", "cidrIpv4", "192.0.2.0/24"],
                at: [["office", ""]],
            },
        ],
        undecided: ["rule", "sourceSecurityGroupId"],
    },
    {
        title: "a database without a cluster, whose group talks to itself",
        good: [
            {
                name: "database",
                type: RDS,
                inputs: { engine: "postgres", vpcSecurityGroupIds: [UNKNOWN] },
                references: { vpcSecurityGroupIds: ["guard"] },
            },
            {
                ...GUARD,
                inputs: { ingress: [{ protocol: "-1", fromPort: 0, toPort: 0, self: true }] },
            },
        ],
        breaks: [
            {
                title: "the whole internet gets in",
                set: [
                    "guard",
                    "ingress",
                    [{ ...PORT, protocol: "tcp", cidrBlocks: ["0.0.0.0/0"] }],
                ],
                at: AT_INLINE,
            },
        ],
        undecided: ["guard", "ingress"],
    },
    {
        title: "a proxy between the cluster and the database",
        good: [
            ...CLUSTER,
            GUARD,
            {
                name: "proxy",
                type: "aws:rds/proxy:Proxy",
                inputs: { engineFamily: "POSTGRESQL", vpcSecurityGroupIds: [UNKNOWN] },
                references: { vpcSecurityGroupIds: ["stranger"] },
            },
            rule("referencedSecurityGroupId", "stranger"),
        ],
        breaks: [
            {
                title: "the proxy lets the network in",
                add: {
                    name: "second",
                    type: INGRESS,
                    inputs: {
                        ...PORT,
                        ipProtocol: "tcp",
                        securityGroupId: UNKNOWN,
                        cidrIpv4: "10.0.0.0/8",
                    },
                    references: { securityGroupId: ["stranger"] },
                },
                at: [["second", ""]],
            },
        ],
        undecided: ["proxy", "vpcSecurityGroupIds"],
    },
];
