import type { Stack } from "../../runtime/stack.ts";
import { isOn, isOneOf, isPresent, or, some, type Truth } from "../../runtime/truth.ts";
import type { Rule, StackVerdict } from "../rule.ts";
import { namedBy, receives, S3_LOGGING, S3_SOURCES, type Source } from "./log-sources.ts";
import {
    AZURE_FLOW_LOG,
    GCS_BUCKET,
    holdsFilesOnly,
    inBlock,
    S3_BUCKET,
    STORAGE_ACCOUNT,
    without,
} from "./settings.ts";

const DIAGNOSTICS = "azure-native:monitor:DiagnosticSetting";
const GCP_AUDIT = "gcp:projects/iAMAuditConfig:IAMAuditConfig";

const AZURE_SOURCES: readonly Source[] = [
    { type: DIAGNOSTICS, path: "storageAccountId" },
    { type: AZURE_FLOW_LOG, path: "storageId" },
];

const GCP_SOURCES: readonly Source[] = [
    { type: GCS_BUCKET, path: "logging.logBucket" },
    {
        type: "gcp:logging/projectSink:ProjectSink",
        path: "destination",
        prefix: "storage.googleapis.com/",
    },
    {
        type: "gcp:logging/folderSink:FolderSink",
        path: "destination",
        prefix: "storage.googleapis.com/",
    },
    {
        type: "gcp:logging/organizationSink:OrganizationSink",
        path: "destination",
        prefix: "storage.googleapis.com/",
    },
];

const SILENT = "does not log who reads and writes it";

function s3Silent(stack: Stack): readonly StackVerdict[] {
    const named = namedBy(stack, S3_SOURCES);
    return without(stack, stack.all(S3_BUCKET), {
        inline: (bucket) =>
            or(
                inBlock(bucket.given, "logging", (block) => isPresent(block.get("targetBucket"))),
                receives(stack, bucket, S3_SOURCES, { name: bucket.inputs.get("bucket"), named }),
            ),
        beside: { types: [S3_LOGGING], input: "bucket", names: ["bucket", "id"] },
        message: SILENT,
    });
}

function accountsSilent(stack: Stack): readonly StackVerdict[] {
    const named = namedBy(stack, AZURE_SOURCES);
    return without(stack, stack.all(STORAGE_ACCOUNT), {
        inline: (account) =>
            or(
                holdsFilesOnly(account),
                receives(stack, account, AZURE_SOURCES, { name: account.inputs.get("id"), named }),
            ),
        beside: { types: [DIAGNOSTICS], input: "resourceUri", names: ["id"] },
        counts: ({ given }) => some(given.get("logs"), (log) => isOn(log.get("enabled"), false)),
        message: SILENT,
    });
}

/** Data access logs of the project say who read what, for every bucket in it. */
function isAudited(stack: Stack): Truth {
    return or(
        ...stack
            .all(GCP_AUDIT)
            .map(({ given }) =>
                isOneOf(given.get("service"), ["allservices", "storage.googleapis.com"], false),
            ),
    );
}

function gcsSilent(stack: Stack): readonly StackVerdict[] {
    const named = namedBy(stack, GCP_SOURCES);
    const audited = isAudited(stack);
    return without(stack, stack.all(GCS_BUCKET), {
        inline: (bucket) =>
            or(
                isPresent(bucket.given.at("logging.logBucket")),
                receives(stack, bucket, GCP_SOURCES, { name: bucket.inputs.get("name"), named }),
                audited,
            ),
        beside: { types: [], input: "bucket", names: [] },
        message: SILENT,
    });
}

/** Who reads and writes a bucket is written down, except for those buckets in which others' logs end. */
export const bucketAccessLogging: Rule = {
    id: "bucket-access-logging",
    title: "A bucket logs who reads and writes it.",
    why: "After a leak, only the access log tells what was taken, when, and with whose credentials.",
    clouds: ["aws", "azure", "gcp"],
    pack: "security",
    severity: "medium",
    requirements: {
        "PCI DSS": ["10.2.1", "10.3.3"],
        HIPAA: ["164.312(b)"],
        "SOC 2": ["CC7.2"],
    },
    remediation: {
        aws: "Add a BucketLogging with a targetBucket.",
        "azure-native":
            "Add a DiagnosticSetting for the account's blobServices/default with its logs on.",
        gcp: "Set logging.logBucket, or log data access in the project with an IAMAuditConfig.",
    },
    see: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/ServerLogs.html",
    checks: {},
    stack: {
        judges: [S3_BUCKET, STORAGE_ACCOUNT, GCS_BUCKET],
        reads: [
            GCP_AUDIT,
            ...[...S3_SOURCES, ...AZURE_SOURCES, ...GCP_SOURCES].map(({ type }) => type),
        ],
        check: (stack) => [...s3Silent(stack), ...accountsSilent(stack), ...gcsSilent(stack)],
    },
    note: "A bucket to which anything else in the stack writes its logs is left out.",
};
