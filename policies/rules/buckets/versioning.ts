import type { Value } from "../../runtime/reader.ts";
import type { Stack, StackResource } from "../../runtime/stack.ts";
import { and, failIf, isOn, isOneOf, isPresent, not, or, type Truth } from "../../runtime/truth.ts";
import { setWhereFound } from "../fixes.ts";
import { on, type Check, type Rule, type StackVerdict } from "../rule.ts";
import { accountOf } from "./blob-services.ts";
import {
    accountsWithout,
    AZURE_FLOW_LOG,
    BLOB_SERVICE,
    GCS_BUCKET,
    holdsFilesOnly,
    inBlock,
    S3_BUCKET,
    s3Without,
    STORAGE_ACCOUNT,
    takesFlowLogs,
} from "./settings.ts";

const S3_VERSIONING = "aws:s3/bucketVersioning:BucketVersioning";

const OFF = "keeps no earlier versions";

const s3Versioning: Check = ({ inputs }) => {
    const status = inputs.at("versioningConfiguration.status");
    return failIf(not(isOneOf(status, ["enabled"], false)), status, OFF);
};

/** A bucket with object lock has versions from its first day, and cannot be without. */
function isVersionedInline(given: Value): Truth {
    return or(
        inBlock(given, "versioning", (block) => isOn(block.get("enabled"), false)),
        isOn(given.get("objectLockEnabled"), false),
        isOneOf(given.at("objectLockConfiguration.objectLockEnabled"), ["enabled"], false),
    );
}

const gcsVersioning: Check = ({ inputs }) => {
    const enabled = inputs.at("versioning.enabled");
    const kept = or(
        isOn(enabled, false),
        // Neither goes with versions: a retention policy lets nobody overwrite, a hierarchical namespace has none to give.
        isPresent(inputs.get("retentionPolicy")),
        isOn(inputs.at("hierarchicalNamespace.enabled"), false),
    );
    return failIf(not(kept), enabled, OFF);
};

/** Azure has no versions where namespaces are hierarchical, and they would multiply blobs that are rewritten every minute. */
function cannotOrNeedNotVersion(stack: Stack, account: StackResource): Truth {
    return or(isOn(account.given.get("isHnsEnabled"), false), takesFlowLogs(stack, account));
}

/** Whether a blob service can have versions is said at its account. */
function unversionedServices(stack: Stack): readonly StackVerdict[] {
    return stack.all(BLOB_SERVICE).flatMap((service) => {
        const enabled = service.given.get("isVersioningEnabled");
        const account = accountOf(stack, service);
        const exempt: Truth =
            account === undefined
                ? { unknown: "accountName" }
                : or(holdsFilesOnly(account), cannotOrNeedNotVersion(stack, account));
        return on(service, failIf(and(not(isOn(enabled, false)), not(exempt)), enabled, OFF));
    });
}

/** What is overwritten or deleted can be had back. */
export const bucketVersioning: Rule = {
    id: "bucket-versioning",
    title: "A bucket keeps earlier versions of its objects.",
    why: "Without versions, whatever a mistake or a stolen credential overwrites or deletes is gone for good.",
    clouds: ["aws", "azure", "gcp"],
    pack: "reliability",
    severity: "medium",
    requirements: {
        HIPAA: ["164.308(a)(7)(ii)(A)", "164.312(c)(1)"],
        "SOC 2": ["CC7.4", "A1.2"],
        "PCI DSS": ["10.3.4"],
        "CIS Azure": ["9.2.3"],
    },
    remediation: {
        aws:
            "Add a BucketVersioning with versioningConfiguration.status Enabled. Add a lifecycle rule " +
            "for old versions with it.",
        "azure-native":
            "Add BlobServiceProperties with isVersioningEnabled true. Add a lifecycle rule for old " +
            "versions with it.",
        gcp: "Set versioning.enabled to true. Add a lifecycle rule for old versions with it.",
    },
    see: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/Versioning.html",
    checks: {
        [S3_VERSIONING]: s3Versioning,
        [GCS_BUCKET]: gcsVersioning,
    },
    stack: {
        judges: [S3_BUCKET, STORAGE_ACCOUNT, BLOB_SERVICE],
        reads: [S3_VERSIONING, AZURE_FLOW_LOG],
        check: (stack) => [
            ...s3Without(stack, S3_VERSIONING, isVersionedInline, OFF),
            ...accountsWithout(
                stack,
                BLOB_SERVICE,
                (account) => cannotOrNeedNotVersion(stack, account),
                OFF,
            ),
            ...unversionedServices(stack),
        ],
    },
    fixes: {
        [S3_VERSIONING]: setWhereFound(s3Versioning, {
            "versioningConfiguration.status": "Enabled",
        }),
        [GCS_BUCKET]: setWhereFound(gcsVersioning, { "versioning.enabled": true }),
    },
    note:
        "Buckets that cannot have versions are left out: those with a hierarchical namespace, and those of Google Cloud with a " +
        "retention policy. So are accounts for network flow logs, whose blobs Azure rewrites every minute.",
};
