import { UNKNOWN, type ExampleResource, type Json, type StackExample } from "../example.ts";

const NODE_GROUP = "aws:eks/nodeGroup:NodeGroup";
const TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";

const template = (name: string, metadataOptions: Json): ExampleResource => ({
    name,
    type: TEMPLATE,
    inputs: { metadataOptions },
});

const STRICT = { httpTokens: "required", httpPutResponseHopLimit: 1 };

const metadata: readonly StackExample[] = [
    {
        title: "a node group whose template keeps pods out, and a template of other machines",
        good: [
            template("nodes", STRICT),
            template("jumphost", { httpTokens: "optional" }),
            {
                name: "workers",
                type: NODE_GROUP,
                inputs: { launchTemplate: { id: UNKNOWN, version: "1" } },
                references: { launchTemplate: ["nodes"] },
            },
        ],
        breaks: [
            {
                title: "tokens are optional",
                set: ["nodes", "metadataOptions.httpTokens", "optional"],
                at: [["nodes", "metadataOptions.httpTokens"]],
            },
            {
                title: "nothing is said of tokens, and optional is the default",
                set: ["nodes", "metadataOptions.httpTokens", undefined],
                at: [["nodes", "metadataOptions.httpTokens"]],
            },
            {
                title: "the answer travels one hop further, into pods",
                set: ["nodes", "metadataOptions.httpPutResponseHopLimit", 2],
                at: [["nodes", "metadataOptions.httpPutResponseHopLimit"]],
            },
            {
                title: "the group names the other template",
                set: ["workers", "launchTemplate", { name: "jumphost" }],
                add: {
                    name: "named",
                    type: TEMPLATE,
                    inputs: {
                        name: "jumphost",
                        metadataOptions: { ...STRICT, httpTokens: "optional" },
                    },
                },
                at: [["named", "metadataOptions.httpTokens"]],
            },
        ],
        undecided: ["nodes", "metadataOptions.httpPutResponseHopLimit"],
    },
    {
        title: "a template without a metadata service",
        good: [
            template("nodes", { httpEndpoint: "disabled" }),
            {
                name: "workers",
                type: NODE_GROUP,
                inputs: { launchTemplate: { id: UNKNOWN } },
                references: { launchTemplate: ["nodes"] },
            },
        ],
        breaks: [],
    },
    {
        title: "a self-managed group of nodes",
        good: [
            template("nodes", STRICT),
            {
                name: "workers",
                type: "aws:autoscaling/group:Group",
                inputs: {
                    tags: [{ key: "kubernetes.io/cluster/main", value: "owned" }],
                    mixedInstancesPolicy: { launchTemplate: {} },
                },
                references: { mixedInstancesPolicy: ["nodes"] },
            },
        ],
        breaks: [
            {
                title: "tokens are optional",
                set: ["nodes", "metadataOptions.httpTokens", "optional"],
                at: [["nodes", "metadataOptions.httpTokens"]],
            },
        ],
        undecided: ["nodes", "metadataOptions.httpTokens"],
    },
];

const subnet = (name: string): readonly ExampleResource[] => [
    {
        name,
        type: "aws:ec2/subnet:Subnet",
        inputs: { vpcId: UNKNOWN, mapPublicIpOnLaunch: false },
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

const privateNodes: readonly StackExample[] = [
    {
        title: "nodes in subnets that lead to a NAT gateway",
        good: [
            ...subnet("a"),
            ...subnet("b"),
            GATEWAY,
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
                inputs: { computeConfig: { enabled: true }, vpcConfig: { subnetIds: [UNKNOWN] } },
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
];

const attachment = (name: string, policy: string): ExampleResource => ({
    name,
    type: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
    inputs: { role: UNKNOWN, policyArn: `arn:aws:iam::aws:policy/${policy}` },
    references: { role: ["nodes"] },
});

const nodeRole: readonly StackExample[] = [
    {
        title: "a node role with what nodes need, and another role with more",
        good: [
            { name: "nodes", type: "aws:iam/role:Role", inputs: { name: "nodes" } },
            { name: "other", type: "aws:iam/role:Role", inputs: { name: "other" } },
            {
                name: "workers",
                type: NODE_GROUP,
                inputs: { nodeRoleArn: UNKNOWN },
                references: { nodeRoleArn: ["nodes"] },
            },
            attachment("join", "AmazonEKSWorkerNodePolicy"),
            attachment("pull", "AmazonEC2ContainerRegistryPullOnly"),
            { name: "policy", type: "aws:iam/policy:Policy", inputs: { policy: "{}" } },
            {
                name: "elsewhere",
                type: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
                inputs: { role: "other", policyArn: "arn:aws:iam::aws:policy/AmazonS3FullAccess" },
            },
        ],
        breaks: [
            {
                title: "it may do more, by another of AWS's policies",
                set: ["join", "policyArn", "arn:aws:iam::aws:policy/AmazonS3FullAccess"],
                at: [["join", "policyArn"]],
            },
            {
                title: "it may do more, by a policy with the name of one of AWS's",
                set: ["join", "policyArn", "arn:aws:iam::1:policy/AmazonEKSWorkerNodePolicy"],
                at: [["join", "policyArn"]],
            },
            {
                title: "an attachment names it in writing",
                set: ["elsewhere", "role", "nodes"],
                at: [["elsewhere", "policyArn"]],
            },
            {
                title: "it has a policy of the stack",
                add: {
                    name: "own",
                    type: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
                    inputs: { role: UNKNOWN, policyArn: UNKNOWN },
                    references: { role: ["nodes"], policyArn: ["policy"] },
                },
                at: [["own", "policyArn"]],
            },
            {
                title: "it has an inline policy",
                add: {
                    name: "inline",
                    type: "aws:iam/rolePolicy:RolePolicy",
                    inputs: { role: UNKNOWN, policy: "{}" },
                    references: { role: ["nodes"] },
                },
                at: [["inline", "policy"]],
            },
            {
                title: "it names a policy itself",
                set: ["nodes", "managedPolicyArns", ["arn:aws:iam::aws:policy/ReadOnlyAccess"]],
                at: [["nodes", "managedPolicyArns[0]"]],
            },
            {
                title: "it holds a policy itself",
                set: ["nodes", "inlinePolicies", [{ name: "more", policy: "{}" }]],
                at: [["nodes", "inlinePolicies[0]"]],
            },
            {
                title: "the option allows less",
                options: { policies: ["AmazonEKSWorkerNodePolicy"] },
                at: [["pull", "policyArn"]],
            },
        ],
        undecided: ["join", "policyArn"],
    },
    {
        title: "the roles of Auto Mode and of an entry for nodes",
        good: [
            { name: "nodes", type: "aws:iam/role:Role", inputs: {} },
            {
                name: "main",
                type: "aws:eks/cluster:Cluster",
                inputs: { computeConfig: { enabled: true, nodeRoleArn: UNKNOWN } },
                references: { computeConfig: ["nodes"] },
            },
            { name: "hand-made", type: "aws:iam/role:Role", inputs: {} },
            {
                name: "entry",
                type: "aws:eks/accessEntry:AccessEntry",
                inputs: { principalArn: UNKNOWN, type: "EC2_LINUX" },
                references: { principalArn: ["hand-made"] },
            },
            attachment("join", "AmazonEKSWorkerNodeMinimalPolicy"),
        ],
        breaks: [
            {
                title: "the one of Auto Mode may do more",
                set: ["join", "policyArn", "arn:aws:iam::aws:policy/AdministratorAccess"],
                at: [["join", "policyArn"]],
            },
            {
                title: "the one of the entry may do more",
                set: ["hand-made", "managedPolicyArns", ["arn:aws-cn:iam::aws:policy/Billing"]],
                at: [["hand-made", "managedPolicyArns[0]"]],
            },
        ],
    },
];

/** Examples of what makes the nodes of EKS clusters safe, together with what they refer to. */
export const eksNodeStackExamples: Record<string, readonly StackExample[]> = {
    "aws-eks-node-imdsv2-hop1": metadata,
    "aws-eks-nodes-private": privateNodes,
    "aws-eks-node-role-least-privilege": nodeRole,
};
