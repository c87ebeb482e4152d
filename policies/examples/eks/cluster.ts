import type { Example } from "../example.ts";

const CLUSTER = "aws:eks/cluster:Cluster";

/** Examples of what an EKS cluster settles alone. */
export const eksClusterExamples: Record<string, readonly Example[]> = {
    "aws-eks-secrets-kms": [
        {
            type: CLUSTER,
            good: {
                encryptionConfig: {
                    provider: { keyArn: "arn:aws:kms:eu-central-1:210987654321:key/main" },
                    resources: ["secrets"],
                },
            },
            breaks: [
                {
                    title: "AWS's own key is left to it",
                    set: ["encryptionConfig", undefined],
                    at: ["encryptionConfig"],
                },
                {
                    title: "the key is for nothing",
                    set: ["encryptionConfig.resources", []],
                    at: ["encryptionConfig"],
                },
                {
                    title: "there is no key",
                    set: ["encryptionConfig.provider.keyArn", ""],
                    at: ["encryptionConfig"],
                },
            ],
            undecided: "encryptionConfig.resources[0]",
        },
        {
            type: CLUSTER,
            good: { outpostConfig: { outpostArns: ["arn:aws:outposts:one"] } },
            breaks: [],
            undecided: "outpostConfig",
        },
    ],
    "aws-eks-control-plane-logs-all": [
        {
            type: CLUSTER,
            good: {
                enabledClusterLogTypes: [
                    "scheduler",
                    "controllerManager",
                    "authenticator",
                    "audit",
                    "api",
                ],
            },
            breaks: [
                {
                    title: "one of the logs is missing",
                    set: ["enabledClusterLogTypes", ["api", "audit", "authenticator", "scheduler"]],
                    at: ["enabledClusterLogTypes"],
                },
                {
                    title: "no log is written, which is the default",
                    set: ["enabledClusterLogTypes", undefined],
                    at: ["enabledClusterLogTypes"],
                },
            ],
            undecided: "enabledClusterLogTypes[3]",
        },
    ],
    "aws-eks-access-entries-only": [
        {
            type: CLUSTER,
            good: {
                accessConfig: {
                    authenticationMode: "API",
                    bootstrapClusterCreatorAdminPermissions: false,
                },
            },
            breaks: [
                {
                    title: "the config map decides as well",
                    set: ["accessConfig.authenticationMode", "API_AND_CONFIG_MAP"],
                    at: ["accessConfig.authenticationMode"],
                },
                {
                    title: "the creator becomes administrator, as is the default",
                    set: ["accessConfig.bootstrapClusterCreatorAdminPermissions", undefined],
                    at: ["accessConfig.bootstrapClusterCreatorAdminPermissions"],
                },
                {
                    title: "nothing is said, and the config map alone is the default",
                    set: ["accessConfig", undefined],
                    at: [
                        "accessConfig.authenticationMode",
                        "accessConfig.bootstrapClusterCreatorAdminPermissions",
                    ],
                },
            ],
            undecided: "accessConfig.authenticationMode",
        },
        {
            type: CLUSTER,
            good: {
                accessConfig: {
                    authenticationMode: "API_AND_CONFIG_MAP",
                    bootstrapClusterCreatorAdminPermissions: false,
                },
            },
            options: { allowConfigMap: true },
            breaks: [
                {
                    title: "the config map alone decides",
                    set: ["accessConfig.authenticationMode", "CONFIG_MAP"],
                    at: ["accessConfig.authenticationMode"],
                },
            ],
            undecided: "accessConfig.authenticationMode",
        },
    ],
    "aws-eks-deletion-protection": [
        {
            type: CLUSTER,
            good: { deletionProtection: true },
            breaks: [
                {
                    title: "it is off",
                    set: ["deletionProtection", false],
                    at: ["deletionProtection"],
                },
                {
                    title: "nothing is said, and off is the default",
                    set: ["deletionProtection", undefined],
                    at: ["deletionProtection"],
                },
            ],
            undecided: "deletionProtection",
        },
    ],
    "aws-eks-node-no-open-ssh": [
        {
            type: "aws:eks/nodeGroup:NodeGroup",
            good: { remoteAccess: { ec2SshKey: "ops", sourceSecurityGroupIds: ["sg-1"] } },
            breaks: [
                {
                    title: "no source group is named",
                    set: ["remoteAccess.sourceSecurityGroupIds", undefined],
                    at: ["remoteAccess.sourceSecurityGroupIds"],
                },
                {
                    title: "the list of source groups is empty",
                    set: ["remoteAccess.sourceSecurityGroupIds", []],
                    at: ["remoteAccess.sourceSecurityGroupIds"],
                },
            ],
            undecided: "remoteAccess.sourceSecurityGroupIds",
        },
        { type: "aws:eks/nodeGroup:NodeGroup", good: { clusterName: "main" }, breaks: [] },
    ],
};
