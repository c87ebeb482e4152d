import type { Value } from "../../runtime/reader.ts";
import type { StackResource } from "../../runtime/stack.ts";
import {
    and,
    failIf,
    isOn,
    isOneOf,
    isPresent,
    not,
    or,
    some,
    type Truth,
} from "../../runtime/truth.ts";
import type { Check, Rule } from "../rule.ts";
import {
    accountsWithout,
    AZURE_FLOW_LOG,
    GCS_BUCKET,
    S3_BUCKET,
    s3Without,
    STORAGE_ACCOUNT,
    takesFlowLogs,
} from "./settings.ts";

const S3_LIFECYCLE = "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration";
const AZURE_LIFECYCLE = "azure-native:storage:ManagementPolicy";

const ENDLESS = "deletes nothing by itself, not even what an upload left behind";

/** The inputs of a rule by which S3 deletes something, in all of the provider's shapes. */
const S3_DELETIONS = [
    "expiration",
    "expirations",
    "noncurrentVersionExpiration",
    "noncurrentVersionExpirations",
    "abortIncompleteMultipartUpload",
    "abortIncompleteMultipartUploadDays",
] as const;

function deletesInS3(rule: Value): Truth {
    const isEnabled = or(
        isOneOf(rule.get("status"), ["enabled"], false),
        isOn(rule.get("enabled"), false),
    );
    return and(isEnabled, or(...S3_DELETIONS.map((name) => isPresent(rule.get(name)))));
}

const s3Lifecycle: Check = ({ inputs }) => {
    const rules = inputs.get("rules");
    return failIf(not(some(rules, deletesInS3)), rules, ENDLESS);
};

const gcsLifecycle: Check = ({ inputs }) => {
    const rules = inputs.get("lifecycleRules");
    const deletes = some(rules, (rule) =>
        isOneOf(rule.at("action.type"), ["delete", "abortincompletemultipartupload"], false),
    );
    return failIf(not(deletes), rules, ENDLESS);
};

const AZURE_BLOBS = ["baseBlob", "snapshot", "version"] as const;

const azureLifecycle: Check = ({ inputs }) => {
    const rules = inputs.at("policy.rules");
    const deletes = some(rules, (rule) =>
        and(
            isOn(rule.get("enabled"), true),
            or(
                ...AZURE_BLOBS.map((kind) =>
                    isPresent(rule.at(`definition.actions.${kind}.delete`)),
                ),
            ),
        ),
    );
    return failIf(not(deletes), rules, ENDLESS);
};

function hasRetention({ given }: StackResource): Truth {
    return isOn(given.at("retentionPolicy.enabled"), false);
}

/** A bucket gets rid of what nobody needs. */
export const bucketLifecycle: Rule = {
    id: "bucket-lifecycle",
    title: "A bucket deletes by rule what is no longer needed.",
    why: "Old objects, old versions and the parts of broken uploads are paid for every month, and leak with the rest.",
    clouds: ["aws", "azure", "gcp"],
    pack: "cost",
    severity: "low",
    requirements: { "PCI DSS": ["3.2.1"] },
    analogies: { GDPR: ["5(1)(e)"] },
    remediation: {
        aws:
            "Add a BucketLifecycleConfiguration with a rule that expires objects or old versions, or " +
            "aborts unfinished uploads.",
        "azure-native": "Add a ManagementPolicy with a delete action.",
        gcp: "Add a lifecycle rule of type Delete or AbortIncompleteMultipartUpload.",
    },
    see: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lifecycle-mgmt.html",
    checks: {
        [S3_LIFECYCLE]: s3Lifecycle,
        [AZURE_LIFECYCLE]: azureLifecycle,
        [GCS_BUCKET]: gcsLifecycle,
    },
    stack: {
        judges: [S3_BUCKET, STORAGE_ACCOUNT],
        reads: [S3_LIFECYCLE, AZURE_LIFECYCLE, AZURE_FLOW_LOG],
        check: (stack) => [
            ...s3Without(
                stack,
                S3_LIFECYCLE,
                (given) => some(given.get("lifecycleRules"), deletesInS3),
                ENDLESS,
            ),
            ...accountsWithout(
                stack,
                AZURE_LIFECYCLE,
                (account) => takesFlowLogs(stack, account, hasRetention),
                ENDLESS,
            ),
        ],
    },
    note: "The retention of network flow logs counts as the rule of the account that they go to.",
};
