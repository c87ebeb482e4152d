import { UNKNOWN, type ExampleResource, type StackExample } from "../example.ts";

const NODE_GROUP = "aws:eks/nodeGroup:NodeGroup";

const attachment = (name: string, policy: string): ExampleResource => ({
    name,
    type: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
    inputs: { role: UNKNOWN, policyArn: `arn:aws:iam::aws:policy/${policy}` },
    references: { role: ["nodes"] },
});

/** Examples of what the role of nodes carries. */
export const eksNodeRoleStackExamples: Record<string, readonly StackExample[]> = {
    "aws-eks-node-role-least-privilege": [
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
                    inputs: {
                        role: "other",
                        policyArn: "arn:aws:iam::aws:policy/AmazonS3FullAccess",
                    },
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
                    title: "a policy is attached to it among others",
                    add: {
                        name: "shared",
                        type: "aws:iam/policyAttachment:PolicyAttachment",
                        inputs: {
                            roles: [UNKNOWN],
                            policyArn: "arn:aws:iam::aws:policy/AmazonS3FullAccess",
                        },
                        references: { roles: ["nodes"] },
                    },
                    at: [["shared", "policyArn"]],
                },
                {
                    title: "a policy is attached to it among others, by its name",
                    add: {
                        name: "shared",
                        type: "aws:iam/policyAttachment:PolicyAttachment",
                        inputs: {
                            roles: ["other", "nodes"],
                            policyArn: "arn:aws:iam::aws:policy/AmazonS3FullAccess",
                        },
                    },
                    at: [["shared", "policyArn"]],
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
    ],
};
