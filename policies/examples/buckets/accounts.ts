import { UNKNOWN, type Example, type StackExample } from "../example.ts";
import { beside } from "./split.ts";

const ACCOUNT = "azure-native:storage:StorageAccount";
const BLOB_SERVICE = "azure-native:storage:BlobServiceProperties";
const KEPT = {
    deleteRetentionPolicy: { enabled: true, days: 7 },
    containerDeleteRetentionPolicy: { enabled: true, days: 7 },
};

export const accountExamples: Record<string, readonly Example[]> = {
    "az-storage-shared-key-off": [
        {
            type: ACCOUNT,
            good: { allowSharedKeyAccess: false, defaultToOAuthAuthentication: true },
            breaks: [
                {
                    title: "nothing is said of keys, and the default lets them in",
                    set: ["allowSharedKeyAccess", undefined],
                    at: ["allowSharedKeyAccess"],
                },
                {
                    title: "the portal uses keys",
                    set: ["defaultToOAuthAuthentication", false],
                    at: ["defaultToOAuthAuthentication"],
                },
            ],
            undecided: "allowSharedKeyAccess",
        },
    ],
    "az-storage-network-default-deny": [
        {
            type: ACCOUNT,
            good: { networkRuleSet: { defaultAction: "Deny", bypass: "AzureServices" } },
            breaks: [
                {
                    title: "every network is let in",
                    set: ["networkRuleSet.defaultAction", "Allow"],
                    at: ["networkRuleSet.defaultAction"],
                },
                {
                    title: "nothing is said, and the default lets all in",
                    set: ["networkRuleSet", undefined],
                    at: ["networkRuleSet.defaultAction"],
                },
            ],
            undecided: "networkRuleSet.defaultAction",
        },
        {
            type: "azure-native:storage/v20240101:StorageAccount",
            good: { publicNetworkAccess: "Disabled" },
            breaks: [
                {
                    title: "the public address is on",
                    set: ["publicNetworkAccess", "Enabled"],
                    at: ["networkRuleSet.defaultAction"],
                },
            ],
            undecided: "publicNetworkAccess",
        },
    ],
    "gcp-bucket-uniform-access": [
        {
            type: "gcp:storage/bucket:Bucket",
            good: { location: "EU", uniformBucketLevelAccess: true },
            breaks: [
                {
                    title: "nothing is said, and off is the default",
                    set: ["uniformBucketLevelAccess", undefined],
                    at: ["uniformBucketLevelAccess"],
                },
            ],
            undecided: "uniformBucketLevelAccess",
        },
    ],
    "bucket-no-force-destroy": ["aws:s3/bucketV2:BucketV2", "gcp:storage/bucket:Bucket"].map(
        (type): Example => ({
            type,
            good: { forceDestroy: false },
            breaks: [{ title: "it is on", set: ["forceDestroy", true], at: ["forceDestroy"] }],
            undecided: "forceDestroy",
        }),
    ),
};

export const accountStackExamples: Record<string, readonly StackExample[]> = {
    "az-storage-soft-delete": [
        beside(ACCOUNT, BLOB_SERVICE, KEPT, "accountName"),
        {
            title: "an account for flow logs",
            good: [
                { name: "flows", type: ACCOUNT, inputs: { kind: "StorageV2" } },
                {
                    name: "flow-log",
                    type: "azure-native:network:FlowLog",
                    inputs: { storageId: UNKNOWN },
                    references: { storageId: ["flows"] },
                },
            ],
            breaks: [{ title: "there is none", remove: "flow-log", at: [["flows", ""]] }],
        },
        {
            title: "a blob service",
            good: [
                {
                    name: "service",
                    type: BLOB_SERVICE,
                    inputs: { accountName: "data", ...KEPT },
                },
            ],
            breaks: [
                {
                    title: "deleted blobs are gone",
                    set: ["service", "deleteRetentionPolicy.enabled", false],
                    at: [["service", "deleteRetentionPolicy"]],
                },
                {
                    title: "deleted containers are gone",
                    set: ["service", "containerDeleteRetentionPolicy", undefined],
                    at: [["service", "containerDeleteRetentionPolicy"]],
                },
                {
                    title: "deleted blobs are kept too shortly",
                    set: ["service", "deleteRetentionPolicy.days", 6],
                    at: [["service", "deleteRetentionPolicy"]],
                },
                {
                    title: "more is asked for",
                    options: { days: 30 },
                    at: [
                        ["service", "deleteRetentionPolicy"],
                        ["service", "containerDeleteRetentionPolicy"],
                    ],
                },
            ],
            undecided: ["service", "deleteRetentionPolicy.days"],
        },
        {
            title: "a blob service of an account for flow logs",
            good: [
                { name: "flows", type: ACCOUNT, inputs: { kind: "StorageV2" } },
                {
                    name: "flow-log",
                    type: "azure-native:network:FlowLog",
                    inputs: { storageId: UNKNOWN },
                    references: { storageId: ["flows"] },
                },
                {
                    name: "service",
                    type: BLOB_SERVICE,
                    inputs: { accountName: UNKNOWN },
                    references: { accountName: ["flows"] },
                },
            ],
            breaks: [
                {
                    title: "there is none",
                    remove: "flow-log",
                    at: [
                        ["service", "deleteRetentionPolicy"],
                        ["service", "containerDeleteRetentionPolicy"],
                    ],
                },
            ],
        },
    ],
};
