import { UNKNOWN, type ExampleResource, type Inputs, type StackExample } from "../example.ts";
import { beside, inline } from "./split.ts";

const ACCOUNT = "azure-native:storage:StorageAccount";
const DIAGNOSTICS = "azure-native:monitor:DiagnosticSetting";
const GCS = "gcp:storage/bucket:Bucket";
const S3 = "aws:s3/bucket:Bucket";

/** A bucket that logs nothing itself because another resource's logs end in it. */
function receiver(bucket: string, source: Omit<ExampleResource, "name">): StackExample {
    return {
        title: `a bucket for the logs of a ${source.type}`,
        good: [
            { name: "logs", type: bucket, inputs: { kind: "StorageV2" } },
            { ...source, name: "source" },
        ],
        breaks: [{ title: "nothing logs to it", remove: "source", at: [["logs", ""]] }],
    };
}

/** The same with names in place of references. */
function named(bucket: string, inputs: Inputs, type: string, path: string): StackExample {
    return {
        title: `a bucket whose name stands in ${path} of a ${type}`,
        good: [
            { name: "logs", type: bucket, inputs },
            { name: "source", type, inputs: { [path]: "storage.googleapis.com/logs" } },
        ],
        breaks: [
            {
                title: "another name stands there",
                set: ["source", path, "storage.googleapis.com/others"],
                at: [["logs", ""]],
            },
        ],
        undecided: ["source", path],
    };
}

export const loggingStackExamples: Record<string, readonly StackExample[]> = {
    "bucket-access-logging": [
        {
            title: "a bucket with a BucketLogging, and the bucket that it logs to",
            good: [
                { name: "data", type: "aws:s3/bucketV2:BucketV2", inputs: {} },
                { name: "logs", type: S3, inputs: {} },
                {
                    name: "logging",
                    type: "aws:s3/bucketLoggingV2:BucketLoggingV2",
                    inputs: { bucket: UNKNOWN, targetBucket: UNKNOWN },
                    references: { bucket: ["data"], targetBucket: ["logs"] },
                },
            ],
            breaks: [
                {
                    title: "nothing logs",
                    remove: "logging",
                    at: [
                        ["data", ""],
                        ["logs", ""],
                    ],
                },
                {
                    title: "it logs another bucket",
                    set: ["logging", "bucket", "another"],
                    at: [["data", ""]],
                },
                {
                    title: "a third bucket logs nothing",
                    add: { name: "third", type: S3, inputs: {} },
                    at: [["third", ""]],
                },
            ],
            undecided: ["logging", "bucket"],
        },
        inline(S3, { logging: { targetBucket: "logs" } }, ["logging", undefined]),
        inline("aws:s3/bucketV2:BucketV2", { loggings: [{ targetBucket: "logs" }] }, [
            "loggings",
            undefined,
        ]),
        receiver(S3, {
            type: "aws:lb/loadBalancer:LoadBalancer",
            inputs: { accessLogs: { bucket: UNKNOWN, enabled: true } },
            references: { accessLogs: ["logs"] },
        }),
        receiver(S3, {
            type: "aws:cfg/deliveryChannel:DeliveryChannel",
            inputs: { s3BucketName: UNKNOWN },
            references: { s3BucketName: ["logs"] },
        }),
        receiver(S3, {
            type: "aws:cloudfront/distribution:Distribution",
            inputs: { loggingConfig: { bucket: UNKNOWN } },
            references: { loggingConfig: ["logs"] },
        }),
        beside(
            ACCOUNT,
            DIAGNOSTICS,
            { logs: [{ categoryGroup: "allLogs", enabled: true }] },
            "resourceUri",
        ),
        receiver(ACCOUNT, {
            type: DIAGNOSTICS,
            inputs: { resourceUri: "/subscriptions/s", storageAccountId: UNKNOWN },
            references: { storageAccountId: ["logs"] },
        }),
        inline(GCS, { logging: { logBucket: "logs" } }, ["logging", undefined]),
        receiver(GCS, {
            type: "gcp:logging/projectSink:ProjectSink",
            inputs: { destination: UNKNOWN },
            references: { destination: ["logs"] },
        }),
        named(GCS, { name: "logs" }, "gcp:logging/projectSink:ProjectSink", "destination"),
        {
            title: "a bucket in a project that logs data access",
            good: [
                { name: "data", type: GCS, inputs: { name: "data" } },
                {
                    name: "audit",
                    type: "gcp:projects/iAMAuditConfig:IAMAuditConfig",
                    inputs: { service: "allServices" },
                },
            ],
            breaks: [
                {
                    title: "it logs another service",
                    set: ["audit", "service", "cloudkms.googleapis.com"],
                    at: [["data", ""]],
                },
            ],
            undecided: ["audit", "service"],
        },
    ],
};
