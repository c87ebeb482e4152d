import type { Example, Inputs, StackExample } from "../example.ts";
import { beside, inline } from "./split.ts";

const REFUSAL: Inputs = {
    Effect: "Deny",
    Principal: "*",
    Action: "s3:*",
    Resource: ["arn:aws:s3:::data", "arn:aws:s3:::data/*"],
    Condition: { Bool: { "aws:SecureTransport": "false" } },
};

function policy(change: Inputs = {}): string {
    return JSON.stringify({ Version: "2012-10-17", Statement: [{ ...REFUSAL, ...change }] });
}

const LOOPHOLES: Readonly<Record<string, Inputs>> = {
    "it allows in place of refusing": { Effect: "Allow" },
    "it refuses one role only": { Principal: { AWS: "arn:aws:iam::1:role/reader" } },
    "it refuses reading only": { Action: "s3:GetObject" },
    "it leaves out the objects": { Resource: "arn:aws:s3:::data" },
    "it refuses those who use TLS": { Condition: { Bool: { "aws:SecureTransport": "true" } } },
    "it asks for something else": {
        Condition: { Bool: { "aws:MultiFactorAuthPresent": "false" } },
    },
};

export const transportExamples: Record<string, readonly Example[]> = {
    "bucket-tls-only": [
        ...["aws:s3/bucketPolicy:BucketPolicy"].map((type): Example => ({
            type,
            good: { policy: policy() },
            breaks: Object.entries(LOOPHOLES).map(([title, change]) => ({
                title,
                set: ["policy", policy(change)],
                at: ["policy"],
            })),
            undecided: "policy",
        })),
        {
            type: "aws:s3/bucketPolicy:BucketPolicy",
            good: {
                policy: policy({
                    Principal: { AWS: ["*"] },
                    Condition: { boolIfExists: { "aws:securetransport": [false] } },
                }),
            },
            breaks: [],
            undecided: "policy",
        },
        {
            type: "azure-native:storage:StorageAccount",
            good: { enableHttpsTrafficOnly: true, minimumTlsVersion: "TLS1_2" },
            breaks: [
                {
                    title: "plain HTTP is let in",
                    set: ["enableHttpsTrafficOnly", false],
                    at: ["enableHttpsTrafficOnly"],
                },
                {
                    title: "it names TLS 1.1",
                    set: ["minimumTlsVersion", "TLS1_1"],
                    at: ["minimumTlsVersion"],
                },
            ],
            undecided: "enableHttpsTrafficOnly",
        },
        {
            type: "azure-native:storage/v20240101:StorageAccount",
            good: { kind: "StorageV2" },
            breaks: [],
        },
        {
            type: "azure-native:storage:StorageAccount",
            good: { kind: "FileStorage", enableHttpsTrafficOnly: true },
            breaks: [
                {
                    title: "it names TLS 1.0",
                    set: ["minimumTlsVersion", "TLS1_0"],
                    at: ["minimumTlsVersion"],
                },
            ],
            undecided: "enableHttpsTrafficOnly",
        },
    ],
};

export const transportStackExamples: Record<string, readonly StackExample[]> = {
    "bucket-tls-only": [
        beside("aws:s3/bucketV2:BucketV2", "aws:s3/bucketPolicy:BucketPolicy", {
            policy: policy(),
        }),
        inline("aws:s3/bucket:Bucket", { policy: policy() }, ["policy", undefined]),
    ],
};
