import type { Mutation } from "./mutation.ts";

const CLUSTER = "aws:eks/cluster:Cluster";
const NODE_GROUP = "aws:eks/nodeGroup:NodeGroup";
const ADDON = "aws:eks/addon:Addon";

export const eksMutations: readonly Mutation[] = [
    {
        rule: "aws-eks-endpoint-not-world-open",
        title: "the public endpoint is opened to the world",
        do: [
            {
                type: CLUSTER,
                set: {
                    "vpcConfig.endpointPublicAccess": true,
                    "vpcConfig.publicAccessCidrs": ["0.0.0.0/0"],
                },
            },
        ],
        at: "vpcConfig.publicAccessCidrs",
    },
    {
        rule: "aws-eks-private-endpoint-enabled",
        title: "the private endpoint is given up for a public one",
        do: [
            {
                type: CLUSTER,
                set: {
                    "vpcConfig.endpointPrivateAccess": false,
                    "vpcConfig.endpointPublicAccess": true,
                    "vpcConfig.publicAccessCidrs": ["203.0.113.0/24"],
                },
            },
        ],
        at: "vpcConfig.endpointPrivateAccess",
    },
    {
        rule: "aws-eks-secrets-kms",
        title: "Secrets lose the stack's own key",
        do: [{ type: CLUSTER, set: { encryptionConfig: undefined } }],
        at: "encryptionConfig",
    },
    {
        rule: "aws-eks-control-plane-logs-all",
        title: "the audit log is saved for its cost",
        do: [
            {
                type: CLUSTER,
                set: {
                    enabledClusterLogTypes: [
                        "api",
                        "authenticator",
                        "controllerManager",
                        "scheduler",
                    ],
                },
            },
        ],
        at: "enabledClusterLogTypes",
    },
    {
        rule: "aws-eks-access-entries-only",
        title: "the config map decides again",
        do: [{ type: CLUSTER, set: { "accessConfig.authenticationMode": "CONFIG_MAP" } }],
        at: "accessConfig.authenticationMode",
    },
    {
        rule: "aws-eks-access-entries-only",
        title: "whoever makes the cluster is administrator",
        do: [
            {
                type: CLUSTER,
                set: { "accessConfig.bootstrapClusterCreatorAdminPermissions": undefined },
            },
        ],
        at: "accessConfig.bootstrapClusterCreatorAdminPermissions",
    },
    {
        rule: "aws-eks-deletion-protection",
        title: "the cluster can be deleted by a single call",
        do: [{ type: CLUSTER, set: { deletionProtection: false } }],
        at: "deletionProtection",
    },
    {
        rule: "aws-eks-node-no-open-ssh",
        title: "the nodes offer SSH to the world",
        do: [{ type: NODE_GROUP, set: { "remoteAccess.ec2SshKey": "ops" } }],
        at: "remoteAccess.sourceSecurityGroupIds",
    },
    {
        rule: "aws-eks-node-imdsv2-hop1",
        title: "the metadata service answers pods",
        do: [
            {
                type: "aws:ec2/launchTemplate:LaunchTemplate",
                set: { "metadataOptions.httpPutResponseHopLimit": 2 },
            },
        ],
        at: "metadataOptions.httpPutResponseHopLimit",
    },
    {
        rule: "aws-eks-nodes-private",
        title: "a way to the internet is added to the table of the nodes' subnet",
        do: [
            {
                type: "aws:ec2/route:Route",
                name: "myapp-prod-aws-private-a",
                set: { gatewayId: "igw-0123456789abcdef0", natGatewayId: undefined },
            },
        ],
        at: "subnetIds",
    },
    {
        rule: "aws-eks-node-role-least-privilege",
        title: "the nodes may read every bucket",
        do: [
            {
                type: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
                name: "myapp-prod-aws-nodes-AmazonSSMManagedInstanceCore",
                set: { policyArn: "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess" },
            },
        ],
        at: "policyArn",
    },
    {
        rule: "aws-eks-network-policy-on",
        title: "the network plug-in no longer enforces policies",
        do: [
            {
                type: ADDON,
                name: "myapp-prod-aws-vpc-cni",
                set: { configurationValues: '{"env":{"ENABLE_PREFIX_DELEGATION":"true"}}' },
            },
        ],
        at: "configurationValues",
    },
    {
        rule: "aws-eks-network-policy-on",
        title: "nothing enforces policies",
        do: [{ type: ADDON, name: "myapp-prod-aws-vpc-cni" }],
    },
];
