import type { Mutation } from "./mutation.ts";

const KMS_KEY = "aws:kms/key:Key";
const CRYPTO_KEY = "gcp:kms/cryptoKey:CryptoKey";
const VAULT = "azure-native:keyvault:Vault";

export const keysMutations: readonly Mutation[] = [
    {
        rule: "kms-no-public-principal",
        title: "a key's policy lets everybody use it",
        do: [
            {
                type: KMS_KEY,
                set: { policy: '{"Statement":[{"Effect":"Allow","Principal":"*"}]}' },
            },
        ],
        at: "policy.Statement[0]",
    },
    {
        rule: "kms-rotation",
        title: "a KMS key is no longer rotated",
        do: [{ type: KMS_KEY, set: { enableKeyRotation: false } }],
        at: "enableKeyRotation",
    },
    {
        rule: "kms-rotation",
        title: "a Cloud KMS key is rotated once a year",
        do: [{ type: CRYPTO_KEY, set: { rotationPeriod: "31536000s" } }],
        at: "rotationPeriod",
    },
    {
        rule: "kms-deletion-window",
        title: "a KMS key is gone after a week",
        do: [{ type: KMS_KEY, set: { deletionWindowInDays: 7 } }],
        at: "deletionWindowInDays",
    },
    {
        rule: "kms-deletion-window",
        title: "what is deleted from the vault can be purged",
        do: [{ type: VAULT, set: { "properties.enablePurgeProtection": undefined } }],
        at: "properties.enablePurgeProtection",
    },
    {
        rule: "az-keyvault-network-rbac",
        title: "the vault is opened by access policies",
        do: [{ type: VAULT, set: { "properties.enableRbacAuthorization": false } }],
        at: "properties.enableRbacAuthorization",
    },
    {
        rule: "az-keyvault-network-rbac",
        title: "every network reaches the vault",
        do: [
            {
                type: VAULT,
                set: {
                    "properties.publicNetworkAccess": "Enabled",
                    "properties.networkAcls.defaultAction": "Allow",
                },
            },
        ],
        at: "properties.networkAcls.defaultAction",
    },
    {
        rule: "secret-cmk-rotation",
        title: "the credentials are encrypted with the key that AWS keeps",
        do: [
            {
                type: "aws:secretsmanager/secret:Secret",
                set: { kmsKeyId: "alias/aws/secretsmanager" },
            },
        ],
        at: "kmsKeyId",
    },
    {
        rule: "disk-encrypted-at-rest",
        title: "the nodes' disks are plain",
        do: [
            {
                type: "aws:ec2/launchTemplate:LaunchTemplate",
                set: { "blockDeviceMappings[0].ebs.encrypted": "false" },
            },
        ],
        at: "blockDeviceMappings[0].ebs.encrypted",
    },
    {
        rule: "disk-encrypted-at-rest",
        title: "a file system beside the platform is plain",
        do: [],
        add: [
            {
                type: "aws:efs/fileSystem:FileSystem",
                name: "shared",
                inputs: {
                    creationToken: "shared",
                    region: "eu-central-1",
                    tags: {
                        Project: "myapp",
                        Environment: "prod",
                        Owner: "platform-team",
                        CostCentre: "cc-2000",
                        ManagedBy: "pulumi",
                        Name: "shared",
                    },
                },
            },
        ],
        at: "encrypted",
    },
];
