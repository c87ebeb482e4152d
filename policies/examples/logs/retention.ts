import type { Example } from "../example.ts";

const LOG_GROUP = "aws:cloudwatch/logGroup:LogGroup";
const KEY = "arn:aws:kms:eu-west-1:1:key/2f6a";

const GOOGLE_BUCKETS = ["project", "folder", "organization", "billingAccount"].map((owner) => {
    const title = owner.slice(0, 1).toUpperCase() + owner.slice(1);
    return `gcp:logging/${owner}BucketConfig:${title}BucketConfig`;
});

export const retentionExamples: Record<string, readonly Example[]> = {
    "logs-retention": [
        {
            type: LOG_GROUP,
            good: { name: "/app", retentionInDays: 365 },
            breaks: [
                {
                    title: "it keeps them for three months",
                    set: ["retentionInDays", 90],
                    at: ["retentionInDays"],
                },
                { title: "more is asked for", options: { days: 731 }, at: ["retentionInDays"] },
            ],
            undecided: "retentionInDays",
        },
        { type: LOG_GROUP, good: { name: "/app" }, breaks: [] },
        { type: LOG_GROUP, good: { name: "/app", retentionInDays: 0 }, breaks: [] },
        { type: LOG_GROUP, good: { logGroupClass: "DELIVERY", retentionInDays: 2 }, breaks: [] },
        {
            type: "azure-native:operationalinsights:Workspace",
            good: { retentionInDays: 365 },
            breaks: [
                {
                    title: "nothing is said, and 30 days is the default",
                    set: ["retentionInDays", undefined],
                    at: ["retentionInDays"],
                },
            ],
            undecided: "retentionInDays",
        },
        {
            type: "azure-native:operationalinsights:Table",
            good: { tableName: "AKSAudit", totalRetentionInDays: 365, retentionInDays: 90 },
            breaks: [
                {
                    title: "it keeps them for less",
                    set: ["totalRetentionInDays", 180],
                    at: ["totalRetentionInDays"],
                },
                {
                    title: "nothing is said of the whole",
                    set: ["totalRetentionInDays", undefined],
                    at: ["retentionInDays"],
                },
            ],
            undecided: "totalRetentionInDays",
        },
        {
            type: "azure-native:operationalinsights:Table",
            good: { tableName: "AKSAudit", totalRetentionInDays: -1 },
            breaks: [],
        },
        ...GOOGLE_BUCKETS.map((type): Example => ({
            type,
            good: { bucketId: "audit", retentionDays: 365 },
            breaks: [
                {
                    title: "nothing is said, and 30 days is the default",
                    set: ["retentionDays", undefined],
                    at: ["retentionDays"],
                },
            ],
            undecided: "retentionDays",
        })),
        { type: GOOGLE_BUCKETS[0]!, good: { bucketId: "_Required" }, breaks: [] },
    ],
    "logs-cmk": [
        {
            type: LOG_GROUP,
            good: { name: "/app", kmsKeyId: KEY },
            breaks: [{ title: "no key is named", set: ["kmsKeyId", undefined], at: ["kmsKeyId"] }],
            undecided: "kmsKeyId",
        },
    ],
};
