import type { Mutation } from "./mutation.ts";

const ACR = "azure-native:containerregistry:Registry";
const ECR = "aws:ecr/repository:Repository";
const ARTIFACT_REGISTRY = "gcp:artifactregistry/repository:Repository";

export const registriesMutations: readonly Mutation[] = [
    {
        rule: "registry-no-public-or-anonymous",
        title: "everybody pulls from the registry of Azure",
        do: [{ type: ACR, set: { anonymousPullEnabled: true } }],
        at: "anonymousPullEnabled",
    },
    {
        rule: "registry-no-public-or-anonymous",
        title: "everybody pulls from a repository of ECR",
        do: [
            {
                type: "aws:ecr/repositoryPolicy:RepositoryPolicy",
                set: { policy: '{"Statement":[{"Effect":"Allow","Principal":"*"}]}' },
            },
        ],
        at: "policy.Statement[0]",
    },
    {
        rule: "az-acr-admin-user-disabled",
        title: "the admin user of the registry of Azure is on",
        do: [{ type: ACR, set: { adminUserEnabled: true } }],
        at: "adminUserEnabled",
    },
    {
        rule: "az-acr-public-network-off",
        title: "the internet reaches the registry of Azure",
        do: [{ type: ACR, set: { publicNetworkAccess: "Enabled" } }],
        at: "publicNetworkAccess",
    },
    {
        rule: "registry-immutable-tags",
        title: "tags in ECR can be moved",
        do: [{ type: ECR, set: { imageTagMutability: "MUTABLE" } }],
        at: "imageTagMutability",
    },
    {
        rule: "registry-immutable-tags",
        title: "tags in Artifact Registry can be moved",
        do: [{ type: ARTIFACT_REGISTRY, set: { dockerConfig: undefined } }],
        at: "dockerConfig.immutableTags",
    },
    {
        rule: "registry-scan-on-push",
        title: "ECR does not scan images",
        do: [{ type: ECR, set: { "imageScanningConfiguration.scanOnPush": false } }],
        at: "imageScanningConfiguration.scanOnPush",
    },
    {
        rule: "registry-scan-on-push",
        title: "Artifact Registry does not scan images",
        do: [
            {
                type: ARTIFACT_REGISTRY,
                set: { "vulnerabilityScanningConfig.enablementConfig": "DISABLED" },
            },
        ],
        at: "vulnerabilityScanningConfig.enablementConfig",
    },
    {
        rule: "registry-cmk",
        title: "ECR encrypts with a key of AWS",
        do: [{ type: ECR, set: { "encryptionConfigurations[0].kmsKey": undefined } }],
        at: "encryptionConfigurations",
    },
    {
        rule: "registry-lifecycle",
        title: "ECR keeps every image",
        do: [{ type: "aws:ecr/lifecyclePolicy:LifecyclePolicy" }],
    },
    {
        rule: "registry-lifecycle",
        title: "Artifact Registry keeps every image",
        do: [{ type: ARTIFACT_REGISTRY, set: { cleanupPolicies: undefined } }],
        at: "cleanupPolicies",
    },
    {
        rule: "registry-cluster-pull-only",
        title: "the nodes of EKS may push images",
        do: [
            {
                type: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
                name: "myapp-prod-aws-nodes-AmazonEC2ContainerRegistryPullOnly",
                set: {
                    policyArn: "arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPowerUser",
                },
            },
        ],
        at: "policyArn",
        // It is also none of the policies that nodes need.
        also: ["aws-eks-node-role-least-privilege"],
    },
    {
        rule: "registry-cluster-pull-only",
        title: "the nodes of AKS may push images",
        do: [
            {
                type: "azure-native:authorization:RoleAssignment",
                name: "myapp-prod-azure-images",
                set: {
                    roleDefinitionId:
                        "/providers/Microsoft.Authorization/roleDefinitions/8311e382-0749-4cb8-b61a-304f252e45ec",
                },
            },
        ],
        at: "roleDefinitionId",
    },
    {
        rule: "registry-cluster-pull-only",
        title: "the nodes of GKE may push images",
        do: [
            {
                type: "gcp:artifactregistry/repositoryIamMember:RepositoryIamMember",
                set: { role: "roles/artifactregistry.writer" },
            },
        ],
        at: "role",
    },
];
