import { UNKNOWN, type Example, type StackExample } from "../example.ts";

export const publicExamples: Record<string, readonly Example[]> = {
    "bucket-public-access-blocked": [
        ...[
            "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
            "aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock",
        ].map((type): Example => ({
            type,
            good: {
                blockPublicAcls: true,
                blockPublicPolicy: true,
                ignorePublicAcls: true,
                restrictPublicBuckets: true,
            },
            breaks: [
                {
                    title: "public ACLs are not blocked",
                    set: ["blockPublicAcls", false],
                    at: ["blockPublicAcls"],
                },
                {
                    title: "a switch is left to its default, which is off",
                    set: ["restrictPublicBuckets", undefined],
                    at: ["restrictPublicBuckets"],
                },
            ],
            undecided: "blockPublicPolicy",
        })),
        {
            type: "azure-native:storage/v20240101:StorageAccount",
            good: { kind: "StorageV2" },
            breaks: [
                {
                    title: "public containers are allowed",
                    set: ["allowBlobPublicAccess", true],
                    at: ["allowBlobPublicAccess"],
                },
            ],
            undecided: "allowBlobPublicAccess",
        },
        {
            type: "gcp:storage/bucket:Bucket",
            good: { location: "EU", publicAccessPrevention: "enforced" },
            breaks: [
                {
                    title: "prevention is inherited",
                    set: ["publicAccessPrevention", "inherited"],
                    at: ["publicAccessPrevention"],
                },
                {
                    title: "nothing is said, and inherited is the default",
                    set: ["publicAccessPrevention", undefined],
                    at: ["publicAccessPrevention"],
                },
            ],
            undecided: "publicAccessPrevention",
        },
    ],
};

const BLOCKED = {
    blockPublicAcls: true,
    blockPublicPolicy: true,
    ignorePublicAcls: true,
    restrictPublicBuckets: true,
};

export const publicStackExamples: Record<string, readonly StackExample[]> = {
    "bucket-public-access-blocked": [
        {
            title: "a bucket with its block",
            good: [
                { name: "data", type: "aws:s3/bucketV2:BucketV2", inputs: {} },
                {
                    name: "data-block",
                    type: "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
                    inputs: { bucket: UNKNOWN, ...BLOCKED },
                    references: { bucket: ["data"] },
                },
            ],
            breaks: [
                { title: "the block is missing", remove: "data-block", at: [["data", ""]] },
                {
                    title: "the block is another bucket's",
                    set: ["data-block", "bucket", "another"],
                    at: [["data", ""]],
                },
            ],
            undecided: ["data-block", "bucket"],
        },
        {
            title: "a bucket under a block of the whole account",
            good: [
                { name: "data", type: "aws:s3/bucket:Bucket", inputs: { bucket: "data" } },
                {
                    name: "account",
                    type: "aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock",
                    inputs: BLOCKED,
                },
            ],
            breaks: [{ title: "there is no block", remove: "account", at: [["data", ""]] }],
            undecided: ["account", "blockPublicAcls"],
        },
    ],
};
