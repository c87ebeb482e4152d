import { UNKNOWN, type Example, type StackExample } from "../example.ts";

const GROUP = "aws:ec2/securityGroup:SecurityGroup";
const DEFAULT_GROUP = "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup";
const OLD_RULE = "aws:ec2/securityGroupRule:SecurityGroupRule";
const INGRESS_RULE = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
const EGRESS_RULE = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule";

const inline = (title: string, way: "ingress" | "egress") => ({
    title,
    set: [`${way}[0].description`, undefined] as const,
    at: [`${way}[0].description`],
});

export const groupExamples: Record<string, readonly Example[]> = {
    "net-rule-description": [
        {
            type: GROUP,
            good: {
                description: "Endpoints of AWS services",
                ingress: [{ protocol: "tcp", description: "HTTPS from inside" }],
                egress: [{ protocol: "tcp", description: "Mirrors" }],
            },
            breaks: [
                {
                    title: "the group says nothing",
                    set: ["description", undefined],
                    at: ["description"],
                },
                {
                    title: "the group says what the provider writes by itself",
                    set: ["description", "Managed by Pulumi"],
                    at: ["description"],
                },
                inline("a way in says nothing", "ingress"),
                inline("a way out says nothing", "egress"),
            ],
            undecided: "description",
        },
        {
            type: DEFAULT_GROUP,
            good: { ingress: [{ protocol: "tcp", description: "Everything inside" }] },
            breaks: [inline("a way in says nothing", "ingress")],
            undecided: "ingress",
        },
        ...[OLD_RULE, INGRESS_RULE, EGRESS_RULE].map((type): Example => ({
            type,
            good: { description: "HTTPS from inside the network" },
            breaks: [
                { title: "it is left out", set: ["description", undefined], at: ["description"] },
                { title: "it is empty", set: ["description", ""], at: ["description"] },
            ],
            undecided: "description",
        })),
    ],
    "aws-default-sg-closed": [
        {
            type: DEFAULT_GROUP,
            good: { vpcId: "vpc-1", ingress: [], egress: [] },
            breaks: [
                {
                    title: "everything inside may talk to everything",
                    set: ["ingress", [{ protocol: "-1", self: true, fromPort: 0, toPort: 0 }]],
                    at: ["ingress"],
                },
                {
                    title: "everything may leave",
                    set: ["egress", [{ protocol: "-1", cidrBlocks: ["0.0.0.0/0"] }]],
                    at: ["egress"],
                },
            ],
            undecided: "ingress",
        },
        {
            type: DEFAULT_GROUP,
            good: {},
            breaks: [],
        },
    ],
};

const VPC = { name: "net", type: "aws:ec2/vpc:Vpc", inputs: { cidrBlock: "10.0.0.0/16" } };
const CLOSED = {
    name: "default",
    type: DEFAULT_GROUP,
    inputs: { vpcId: UNKNOWN, ingress: [], egress: [] },
    references: { vpcId: ["net"] },
};

const openedBy = (type: string) => ({
    name: "opening",
    type,
    inputs: { securityGroupId: UNKNOWN },
    references: { securityGroupId: ["net"] },
});

export const groupStackExamples: Record<string, readonly StackExample[]> = {
    "aws-default-sg-closed": [
        {
            title: "a VPC whose default group is managed, and a rule whose group came out of a tuple with the VPC",
            good: [
                VPC,
                CLOSED,
                { name: "own", type: GROUP, inputs: {} },
                {
                    name: "rule",
                    type: INGRESS_RULE,
                    inputs: { securityGroupId: UNKNOWN },
                    references: { securityGroupId: ["net", "own"] },
                },
            ],
            breaks: [
                { title: "nothing manages it", remove: "default", at: [["net", ""]] },
                {
                    title: "another VPC's is managed",
                    set: ["default", "vpcId", "vpc-2"],
                    at: [["net", ""]],
                },
                ...[OLD_RULE, INGRESS_RULE, EGRESS_RULE].map((type) => ({
                    title: `a ${type} opens it again`,
                    add: openedBy(type),
                    at: [["opening", "securityGroupId"]] as const,
                })),
            ],
            undecided: ["default", "vpcId"],
        },
        {
            title: "the VPC that every region comes with",
            good: [
                { name: "given", type: "aws:ec2/defaultVpc:DefaultVpc", inputs: {} },
                { name: "default", type: DEFAULT_GROUP, inputs: { ingress: [], egress: [] } },
                { name: "own", type: GROUP, inputs: {} },
                {
                    name: "rule",
                    type: INGRESS_RULE,
                    inputs: { securityGroupId: UNKNOWN },
                    references: { securityGroupId: ["own"] },
                },
            ],
            breaks: [
                { title: "its group is not managed", remove: "default", at: [["given", ""]] },
                {
                    title: "a rule opens the managed group",
                    add: { ...openedBy(OLD_RULE), references: { securityGroupId: ["default"] } },
                    at: [["opening", "securityGroupId"]],
                },
            ],
        },
    ],
    "aws-no-sg-rule-mixing": [
        {
            title: "a group whose rules are resources",
            good: [
                { name: "group", type: GROUP, inputs: { description: "front" } },
                {
                    name: "in",
                    type: INGRESS_RULE,
                    inputs: { securityGroupId: UNKNOWN },
                    references: { securityGroupId: ["group"] },
                },
                {
                    name: "out",
                    type: OLD_RULE,
                    inputs: { type: "egress", securityGroupId: UNKNOWN },
                    references: { securityGroupId: ["group"] },
                },
            ],
            breaks: [
                {
                    title: "ways in stand inline too",
                    set: ["group", "ingress", [{ protocol: "tcp" }]],
                    at: [["group", "ingress"]],
                },
                {
                    title: "an empty list of ways out stands inline too",
                    set: ["group", "egress", []],
                    at: [["group", "egress"]],
                },
            ],
        },
        {
            title: "a group whose rules stand inline, beside one whose are resources",
            good: [
                { name: "inline", type: GROUP, inputs: { ingress: [{ protocol: "tcp" }] } },
                { name: "split", type: GROUP, inputs: {} },
                {
                    name: "in",
                    type: INGRESS_RULE,
                    inputs: { securityGroupId: UNKNOWN },
                    references: { securityGroupId: ["split"] },
                },
                {
                    name: "out",
                    type: EGRESS_RULE,
                    inputs: { securityGroupId: UNKNOWN },
                    references: { securityGroupId: ["inline"] },
                },
                {
                    name: "old-out",
                    type: OLD_RULE,
                    inputs: { type: "egress", securityGroupId: UNKNOWN },
                    references: { securityGroupId: ["inline"] },
                },
            ],
            breaks: [
                {
                    title: "a rule is added to the first",
                    add: {
                        name: "more",
                        type: OLD_RULE,
                        inputs: { type: "ingress", securityGroupId: UNKNOWN },
                        references: { securityGroupId: ["inline"] },
                    },
                    at: [["inline", "ingress"]],
                },
            ],
            undecided: ["in", "securityGroupId"],
        },
    ],
};
