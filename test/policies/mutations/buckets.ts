import { document, type Inputs } from "../../../policies/examples/example.ts";
import type { Mutation } from "./mutation.ts";

type Added = NonNullable<Mutation["add"]>;

const ACCOUNT = "azure-native:storage:StorageAccount";
const TAGS = {
    Project: "myapp",
    Environment: "prod",
    Owner: "platform-team",
    CostCentre: "cc-2000",
    ManagedBy: "pulumi",
    Name: "data",
};

/** A bucket that keeps all rules, but for what is changed in it. */
function s3Bucket(change: Inputs = {}): Added {
    return [
        {
            type: "aws:s3/bucket:Bucket",
            name: "data",
            inputs: {
                bucket: "data",
                region: "eu-central-1",
                policy: document({
                    Effect: "Deny",
                    Principal: "*",
                    Action: "s3:*",
                    Resource: ["arn:aws:s3:::data", "arn:aws:s3:::data/*"],
                    Condition: { Bool: { "aws:SecureTransport": "false" } },
                }),
                versioning: { enabled: true },
                logging: { targetBucket: "logs" },
                lifecycleRules: [{ enabled: true, abortIncompleteMultipartUploadDays: 7 }],
                serverSideEncryptionConfiguration: {
                    rule: {
                        applyServerSideEncryptionByDefault: {
                            sseAlgorithm: "aws:kms",
                            kmsMasterKeyId: "arn:aws:kms:eu-central-1:210987654321:key/2f6a",
                        },
                    },
                },
                tags: TAGS,
                tagsAll: TAGS,
                ...change,
            },
        },
        {
            type: "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
            name: "data-block",
            inputs: {
                bucket: "data",
                region: "eu-central-1",
                blockPublicAcls: true,
                blockPublicPolicy: true,
                ignorePublicAcls: true,
                restrictPublicBuckets: true,
            },
        },
    ];
}

/** The same on Google Cloud. */
function gcsBucket(change: Inputs): Added {
    const labels = {
        project: "myapp",
        environment: "prod",
        owner: "platform-team",
        "cost-centre": "cc-2000",
        "managed-by": "pulumi",
    };
    return [
        {
            type: "gcp:storage/bucket:Bucket",
            name: "data",
            inputs: {
                name: "data",
                location: "EUROPE-WEST3",
                labels,
                publicAccessPrevention: "enforced",
                uniformBucketLevelAccess: true,
                versioning: { enabled: true },
                logging: { logBucket: "logs" },
                lifecycleRules: [{ action: { type: "Delete" }, condition: { age: 365 } }],
                encryption: { defaultKmsKeyName: "projects/p/locations/europe-west3/keyRings/r" },
                ...change,
            },
        },
    ];
}

function broken(rule: string, title: string, add: Added, at = ""): Mutation {
    return { rule, title, do: [], add, at };
}

export const bucketsMutations: readonly Mutation[] = [
    {
        rule: "bucket-public-access-blocked",
        title: "the account for flow logs lets containers be made public",
        do: [{ type: ACCOUNT, set: { allowBlobPublicAccess: true } }],
        at: "allowBlobPublicAccess",
    },
    broken(
        "bucket-public-access-blocked",
        "an S3 bucket stands beside the platform without its block",
        s3Bucket().slice(0, 1),
    ),
    broken(
        "bucket-no-public-acl-or-iam",
        "an S3 bucket beside the platform has a public ACL",
        s3Bucket({ acl: "public-read" }),
        "acl",
    ),
    {
        rule: "bucket-tls-only",
        title: "the account for flow logs takes plain HTTP",
        do: [{ type: ACCOUNT, set: { enableHttpsTrafficOnly: false } }],
        at: "enableHttpsTrafficOnly",
    },
    broken(
        "bucket-tls-only",
        "an S3 bucket beside the platform refuses nobody without TLS",
        s3Bucket({ policy: "" }),
    ),
    broken(
        "bucket-encrypted-cmk",
        "an S3 bucket beside the platform is encrypted with the key of AWS",
        s3Bucket({ serverSideEncryptionConfiguration: {} }),
    ),
    broken(
        "bucket-versioning",
        "an S3 bucket beside the platform keeps no versions",
        s3Bucket({ versioning: { enabled: false } }),
    ),
    broken(
        "bucket-versioning",
        "a bucket of Google Cloud beside the platform keeps no versions",
        gcsBucket({ versioning: {} }),
        "versioning.enabled",
    ),
    broken(
        "bucket-access-logging",
        "an S3 bucket beside the platform logs nothing",
        s3Bucket({ logging: {} }),
    ),
    broken(
        "bucket-access-logging",
        "a bucket of Google Cloud beside the platform logs nothing",
        gcsBucket({ logging: {} }),
    ),
    broken(
        "bucket-lifecycle",
        "an S3 bucket beside the platform keeps everything for ever",
        s3Bucket({ lifecycleRules: [] }),
    ),
    {
        rule: "bucket-lifecycle",
        title: "the flow logs are kept for ever",
        do: [
            {
                type: "azure-native:network:FlowLog",
                set: { "retentionPolicy.enabled": false },
            },
        ],
        at: "",
    },
    broken(
        "gcp-bucket-uniform-access",
        "a bucket of Google Cloud beside the platform has grants per object",
        gcsBucket({ uniformBucketLevelAccess: false }),
        "uniformBucketLevelAccess",
    ),
    {
        rule: "az-storage-shared-key-off",
        title: "an account beside the platform takes its key",
        do: [],
        add: [
            {
                type: ACCOUNT,
                name: "files",
                inputs: {
                    kind: "FileStorage",
                    location: "westeurope",
                    tags: TAGS,
                    defaultToOAuthAuthentication: true,
                    networkRuleSet: { defaultAction: "Deny" },
                    encryption: { keySource: "Microsoft.Keyvault" },
                },
            },
        ],
        at: "allowSharedKeyAccess",
    },
    {
        rule: "az-storage-network-default-deny",
        title: "every network reaches the account for flow logs",
        do: [{ type: ACCOUNT, set: { "networkRuleSet.defaultAction": "Allow" } }],
        at: "networkRuleSet.defaultAction",
    },
    {
        rule: "az-storage-soft-delete",
        title: "an account beside the platform gives containers back for a day only",
        do: [],
        add: [
            {
                type: "azure-native:storage:BlobServiceProperties",
                name: "files-blobs",
                inputs: {
                    accountName: "files",
                    isVersioningEnabled: true,
                    deleteRetentionPolicy: { enabled: true, days: 7 },
                    containerDeleteRetentionPolicy: { enabled: true, days: 1 },
                },
            },
        ],
        at: "containerDeleteRetentionPolicy",
    },
    broken(
        "bucket-no-force-destroy",
        "an S3 bucket beside the platform takes its objects with it",
        s3Bucket({ forceDestroy: true }),
        "forceDestroy",
    ),
];
