import { document, UNKNOWN, type ExampleResource, type StackExample } from "../example.ts";

const CONTRIBUTOR =
    "/providers/Microsoft.Authorization/roleDefinitions/b24988ac-6180-42a0-ab88-20f7382dd24c";
const ACR_PUSH =
    "/providers/Microsoft.Authorization/roleDefinitions/8311e382-0749-4cb8-b61a-304f252e45ec";
const ACR_PULL =
    "/providers/Microsoft.Authorization/roleDefinitions/7f951dda-4ed3-4680-a7ca-43fe172d538d";

const NODE_GROUP: ExampleResource = {
    name: "workers",
    type: "aws:eks/nodeGroup:NodeGroup",
    inputs: { nodeRoleArn: UNKNOWN },
    references: { nodeRoleArn: ["nodes"] },
};

const AZURE_CLUSTER: ExampleResource = {
    name: "cluster",
    type: "azure-native:containerservice:ManagedCluster",
    inputs: { identityProfile: { kubeletidentity: { objectId: UNKNOWN } } },
    references: { identityProfile: ["kubelet"] },
};

const KUBELET: ExampleResource = {
    name: "kubelet",
    type: "azure-native:managedidentity:UserAssignedIdentity",
    inputs: {},
};

const GOOGLE_POOL: ExampleResource = {
    name: "workers",
    type: "gcp:container/nodePool:NodePool",
    inputs: { nodeConfig: { serviceAccount: UNKNOWN } },
    references: { nodeConfig: ["nodes", "disks"] },
};

export const pullOnlyStackExamples: Record<string, readonly StackExample[]> = {
    "registry-cluster-pull-only": [
        {
            title: "a role for the nodes of EKS",
            good: [
                NODE_GROUP,
                {
                    name: "nodes",
                    type: "aws:iam/role:Role",
                    inputs: {
                        managedPolicyArns: [
                            "arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPullOnly",
                        ],
                        inlinePolicies: [
                            { policy: document({ Action: "ecr:BatchGetImage", Resource: "*" }) },
                        ],
                    },
                },
                {
                    name: "pull",
                    type: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
                    inputs: {
                        role: UNKNOWN,
                        policyArn: "arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPullOnly",
                    },
                    references: { role: ["nodes"] },
                },
                {
                    name: "guard",
                    type: "aws:iam/rolePolicy:RolePolicy",
                    inputs: {
                        role: UNKNOWN,
                        policy: JSON.stringify({
                            Statement: [{ Effect: "Deny", Action: "ecr:PutImage", Resource: "*" }],
                        }),
                    },
                    references: { role: ["nodes"] },
                },
                {
                    name: "more",
                    type: "aws:iam/rolePolicy:RolePolicy",
                    inputs: {
                        role: UNKNOWN,
                        policy: document({ Action: ["ecr:BatchGetImage"], Resource: "*" }),
                    },
                    references: { role: ["nodes"] },
                },
            ],
            breaks: [
                {
                    title: "the managed policy lets them push",
                    set: [
                        "pull",
                        "policyArn",
                        "arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPowerUser",
                    ],
                    at: [["pull", "policyArn"]],
                },
                {
                    title: "a policy of one's own lets them push",
                    set: ["more", "policy", document({ Action: ["ecr:PutImage"], Resource: "*" })],
                    at: [["more", "policy.Statement[0]"]],
                },
                {
                    title: "the role itself lets them do everything with images",
                    set: [
                        "nodes",
                        "inlinePolicies[0].policy",
                        document({ Action: "ecr:*", Resource: "*" }),
                    ],
                    at: [["nodes", "inlinePolicies[0].policy.Statement[0]"]],
                },
                {
                    title: "the role itself has a managed policy that lets them push",
                    set: [
                        "nodes",
                        "managedPolicyArns[0]",
                        "arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryFullAccess",
                    ],
                    at: [["nodes", "managedPolicyArns[0]"]],
                },
            ],
            undecided: ["pull", "policyArn"],
        },
        {
            title: "a role of builds beside a role of nodes, both by name",
            good: [
                {
                    name: "workers",
                    type: "aws:eks/nodeGroup:NodeGroup",
                    inputs: { nodeRoleArn: "arn:aws:iam::123456789012:role/team/nodes" },
                },
                {
                    name: "push",
                    type: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
                    inputs: {
                        role: "builds",
                        policyArn: "arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPowerUser",
                    },
                },
            ],
            breaks: [
                {
                    title: "the nodes have what the builds have",
                    set: ["push", "role", "nodes"],
                    at: [["push", "policyArn"]],
                },
            ],
            undecided: ["push", "role"],
        },
        {
            title: "an identity for the nodes of AKS",
            good: [
                AZURE_CLUSTER,
                KUBELET,
                { name: "images", type: "azure-native:containerregistry:Registry", inputs: {} },
                {
                    name: "pull",
                    type: "azure-native:authorization:RoleAssignment",
                    inputs: { principalId: UNKNOWN, roleDefinitionId: ACR_PULL, scope: UNKNOWN },
                    references: { principalId: ["kubelet"], scope: ["images"] },
                },
            ],
            breaks: [
                {
                    title: "it may push",
                    set: ["pull", "roleDefinitionId", ACR_PUSH],
                    at: [["pull", "roleDefinitionId"]],
                },
                {
                    title: "it may change the registry",
                    set: ["pull", "roleDefinitionId", CONTRIBUTOR],
                    at: [["pull", "roleDefinitionId"]],
                },
            ],
            undecided: ["pull", "roleDefinitionId"],
        },
        {
            title: "an identity for the nodes of AKS that may change its network only",
            good: [
                AZURE_CLUSTER,
                KUBELET,
                {
                    name: "network",
                    type: "azure-native:authorization:RoleAssignment",
                    inputs: {
                        principalId: UNKNOWN,
                        roleDefinitionId: CONTRIBUTOR,
                        scope: "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/v",
                    },
                    references: { principalId: ["kubelet"] },
                },
            ],
            breaks: [
                {
                    title: "it may change all of the group",
                    set: ["network", "scope", "/subscriptions/s/resourceGroups/g"],
                    at: [["network", "roleDefinitionId"]],
                },
            ],
            undecided: ["network", "scope"],
        },
        {
            title: "a service account for the nodes of GKE",
            good: [
                GOOGLE_POOL,
                { name: "nodes", type: "gcp:serviceaccount/account:Account", inputs: {} },
                { name: "disks", type: "gcp:kms/cryptoKey:CryptoKey", inputs: {} },
                {
                    name: "pull",
                    type: "gcp:artifactregistry/repositoryIamMember:RepositoryIamMember",
                    inputs: { member: UNKNOWN, role: "roles/artifactregistry.reader" },
                    references: { member: ["nodes"] },
                },
                {
                    name: "project",
                    type: "gcp:projects/iAMBinding:IAMBinding",
                    inputs: {
                        members: [UNKNOWN],
                        role: "roles/container.defaultNodeServiceAccount",
                    },
                    references: { members: ["nodes"] },
                },
            ],
            breaks: [
                {
                    title: "it may push",
                    set: ["pull", "role", "roles/artifactregistry.writer"],
                    at: [["pull", "role"]],
                },
                {
                    title: "it may edit the project",
                    set: ["project", "role", "roles/editor"],
                    at: [["project", "role"]],
                },
            ],
            undecided: ["pull", "role"],
        },
    ],
};
