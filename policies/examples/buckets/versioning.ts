import {
    UNKNOWN,
    type Example,
    type ExampleResource,
    type Inputs,
    type StackExample,
} from "../example.ts";
import { beside, inline } from "./split.ts";

const SEPARATE = [
    "aws:s3/bucketVersioning:BucketVersioning",
    "aws:s3/bucketVersioningV2:BucketVersioningV2",
];
const BLOB_SERVICE = "azure-native:storage:BlobServiceProperties";
const ACCOUNT = "azure-native:storage:StorageAccount";

/** What Google Cloud gives no versions to, or needs none. */
const UNVERSIONED: readonly Inputs[] = [
    { retentionPolicy: { retentionPeriod: 86400 } },
    { hierarchicalNamespace: { enabled: true } },
];

function service(account: string, inputs: Inputs): ExampleResource {
    return {
        name: "service",
        type: BLOB_SERVICE,
        inputs: { accountName: UNKNOWN, ...inputs },
        references: { accountName: [account] },
    };
}

export const versioningExamples: Record<string, readonly Example[]> = {
    "bucket-versioning": [
        ...SEPARATE.map((type): Example => ({
            type,
            good: { bucket: "data", versioningConfiguration: { status: "Enabled" } },
            breaks: [
                {
                    title: "it is suspended",
                    set: ["versioningConfiguration.status", "Suspended"],
                    at: ["versioningConfiguration.status"],
                },
            ],
            undecided: "versioningConfiguration.status",
        })),
        {
            type: "gcp:storage/bucket:Bucket",
            good: { location: "EU", versioning: { enabled: true } },
            breaks: [
                {
                    title: "it is off",
                    set: ["versioning.enabled", false],
                    at: ["versioning.enabled"],
                },
                {
                    title: "nothing is said, and off is the default",
                    set: ["versioning", undefined],
                    at: ["versioning.enabled"],
                },
            ],
            undecided: "versioning.enabled",
        },
        ...UNVERSIONED.map((good): Example => ({
            type: "gcp:storage/bucket:Bucket",
            good,
            breaks: [],
        })),
    ],
};

export const versioningStackExamples: Record<string, readonly StackExample[]> = {
    "bucket-versioning": [
        ...SEPARATE.map((type) =>
            beside("aws:s3/bucket:Bucket", type, {
                versioningConfiguration: { status: "Enabled" },
            }),
        ),
        beside(ACCOUNT, BLOB_SERVICE, { isVersioningEnabled: true }, "accountName"),
        inline("aws:s3/bucket:Bucket", { versioning: { enabled: true } }, [
            "versioning.enabled",
            false,
        ]),
        inline("aws:s3/bucketV2:BucketV2", { versionings: [{ enabled: true }] }, [
            "versionings",
            undefined,
        ]),
        inline("aws:s3/bucket:Bucket", { objectLockEnabled: true }, ["objectLockEnabled", false]),
        inline(ACCOUNT, { kind: "StorageV2", isHnsEnabled: true }, ["isHnsEnabled", false]),
        inline(ACCOUNT, { kind: "FileStorage" }, ["kind", "StorageV2"]),
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
            title: "a blob service that keeps versions",
            good: [
                { name: "data", type: ACCOUNT, inputs: { kind: "StorageV2" } },
                service("data", { isVersioningEnabled: true }),
            ],
            breaks: [
                {
                    title: "nothing is said, and off is the default",
                    set: ["service", "isVersioningEnabled", undefined],
                    at: [["service", "isVersioningEnabled"]],
                },
            ],
            undecided: ["service", "isVersioningEnabled"],
        },
        {
            title: "a blob service whose account cannot have versions",
            good: [
                { name: "data", type: ACCOUNT, inputs: { isHnsEnabled: true } },
                service("data", {}),
            ],
            breaks: [
                {
                    title: "it can",
                    set: ["data", "isHnsEnabled", false],
                    at: [["service", "isVersioningEnabled"]],
                },
            ],
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
                service("flows", { isVersioningEnabled: false }),
            ],
            breaks: [
                {
                    title: "there is none",
                    remove: "flow-log",
                    at: [["service", "isVersioningEnabled"]],
                },
            ],
        },
    ],
};
