import { UNKNOWN, type Example, type StackExample } from "../example.ts";
import { beside, inline } from "./split.ts";

const SEPARATE = [
    "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
    "aws:s3/bucketLifecycleConfigurationV2:BucketLifecycleConfigurationV2",
];
const ABORT = { status: "Enabled", abortIncompleteMultipartUpload: { daysAfterInitiation: 7 } };
const AZURE_RULE = {
    enabled: true,
    definition: { actions: { baseBlob: { delete: { daysAfterModificationGreaterThan: 365 } } } },
};
const ACCOUNT = "azure-native:storage:StorageAccount";

export const lifecycleExamples: Record<string, readonly Example[]> = {
    "bucket-lifecycle": [
        ...SEPARATE.map((type): Example => ({
            type,
            good: { bucket: "data", rules: [ABORT] },
            breaks: [
                {
                    title: "the only rule is off",
                    set: ["rules[0].status", "Disabled"],
                    at: ["rules"],
                },
                {
                    title: "the only rule moves objects",
                    set: ["rules[0]", { status: "Enabled", transitions: [{ days: 30 }] }],
                    at: ["rules"],
                },
            ],
            undecided: "rules[0].status",
        })),
        {
            type: "azure-native:storage:ManagementPolicy",
            good: { policy: { rules: [AZURE_RULE] } },
            breaks: [
                {
                    title: "the rule is off",
                    set: ["policy.rules[0].enabled", false],
                    at: ["policy.rules"],
                },
                {
                    title: "the rule moves blobs",
                    set: ["policy.rules[0].definition.actions.baseBlob", { tierToCool: {} }],
                    at: ["policy.rules"],
                },
            ],
            undecided: "policy.rules",
        },
        {
            type: "gcp:storage/bucket:Bucket",
            good: { lifecycleRules: [{ action: { type: "Delete" }, condition: { age: 365 } }] },
            breaks: [
                {
                    title: "the rule moves objects",
                    set: ["lifecycleRules[0].action.type", "SetStorageClass"],
                    at: ["lifecycleRules"],
                },
                {
                    title: "there is no rule",
                    set: ["lifecycleRules", undefined],
                    at: ["lifecycleRules"],
                },
            ],
            undecided: "lifecycleRules[0].action.type",
        },
    ],
};

export const lifecycleStackExamples: Record<string, readonly StackExample[]> = {
    "bucket-lifecycle": [
        ...SEPARATE.map((type) => beside("aws:s3/bucket:Bucket", type, { rules: [ABORT] })),
        beside(
            ACCOUNT,
            "azure-native:storage:ManagementPolicy",
            { policy: { rules: [AZURE_RULE] } },
            "accountName",
        ),
        inline(
            "aws:s3/bucket:Bucket",
            { lifecycleRules: [{ enabled: true, expiration: { days: 365 } }] },
            ["lifecycleRules[0].enabled", false],
        ),
        inline(
            "aws:s3/bucketV2:BucketV2",
            { lifecycleRules: [{ enabled: true, noncurrentVersionExpirations: [{ days: 30 }] }] },
            ["lifecycleRules", undefined],
        ),
        {
            title: "an account for flow logs that are kept for some time",
            good: [
                { name: "flows", type: ACCOUNT, inputs: { kind: "StorageV2" } },
                {
                    name: "flow-log",
                    type: "azure-native:network:FlowLog",
                    inputs: { storageId: UNKNOWN, retentionPolicy: { enabled: true, days: 90 } },
                    references: { storageId: ["flows"] },
                },
            ],
            breaks: [
                {
                    title: "they are kept for ever",
                    set: ["flow-log", "retentionPolicy.enabled", false],
                    at: [["flows", ""]],
                },
            ],
            undecided: ["flow-log", "retentionPolicy.enabled"],
        },
    ],
};
