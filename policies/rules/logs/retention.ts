import { failIf, holds, isOneOf, isPresent, not, or } from "../../runtime/truth.ts";
import { isAtLeast } from "../periods.ts";
import { forTypes, type Check, type Rule } from "../rule.ts";

export const LOG_GROUP = "aws:cloudwatch/logGroup:LogGroup";
export const WORKSPACE = "azure-native:operationalinsights:Workspace";
export const PROJECT_BUCKET = "gcp:logging/projectBucketConfig:ProjectBucketConfig";

const GOOGLE_BUCKETS = [
    PROJECT_BUCKET,
    "gcp:logging/folderBucketConfig:FolderBucketConfig",
    "gcp:logging/organizationBucketConfig:OrganizationBucketConfig",
    "gcp:logging/billingAccountBucketConfig:BillingAccountBucketConfig",
];

const TOO_SHORT = "keeps logs for too short a time";

/** CloudWatch keeps logs for ever unless told otherwise, and 0 says so too. */
const group: Check = ({ inputs }, { options }) => {
    const days = inputs.get("retentionInDays");
    const kept = or(
        isAtLeast(days, options.get("days"), true),
        holds(days, days.number(), (given) => given === 0, true),
        // A group of this class is on the way to somewhere else, and keeps nothing for longer than two days.
        isOneOf(inputs.get("logGroupClass"), ["delivery"], false),
    );
    return failIf(not(kept), days, TOO_SHORT);
};

const workspace: Check = ({ inputs }, { options }) => {
    const days = inputs.get("retentionInDays");
    return failIf(not(isAtLeast(days, options.get("days"), false)), days, TOO_SHORT);
};

/** Google keeps the bucket for audit logs for 400 days, and nobody can change that. */
const bucket: Check = ({ inputs }, { options }) => {
    const days = inputs.get("retentionDays");
    const kept = or(
        isAtLeast(days, options.get("days"), false),
        isOneOf(inputs.get("bucketId"), ["_required"], false),
    );
    return failIf(not(kept), days, TOO_SHORT);
};

/** A table says how long it keeps rows only where that differs from its workspace; -1 is to take over the workspace's. */
const table: Check = ({ inputs }, { options }) => {
    const total = inputs.get("totalRetentionInDays");
    const days = isPresent(total) === false ? inputs.get("retentionInDays") : total;
    const kept = or(
        isAtLeast(days, options.get("days"), true),
        holds(days, days.number(), (given) => given === -1, true),
    );
    return failIf(not(kept), days, TOO_SHORT);
};

/** Logs are there for as long as somebody may ask for them. */
export const logsRetention: Rule = {
    id: "logs-retention",
    title: "Logs are kept for a year.",
    why: "Break-ins are found months later, and by then only old logs tell how they began and what was taken.",
    clouds: ["aws", "azure", "gcp"],
    pack: "security",
    severity: "low",
    requirements: { "PCI DSS": ["10.5.1"], HIPAA: ["164.312(b)"], "SOC 2": ["CC7.2"] },
    remediation: {
        aws: "Set retentionInDays to 365 or more.",
        "azure-native": "Set retentionInDays to 365 or more.",
        gcp: "Set retentionDays to 365 or more.",
    },
    see: "https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/Working-with-log-groups-and-streams.html",
    options: {
        properties: {
            days: {
                type: "integer",
                default: 365,
                minimum: 1,
                description: "For how many days at least logs are kept.",
            },
        },
    },
    checks: {
        [LOG_GROUP]: group,
        [WORKSPACE]: workspace,
        ...forTypes(GOOGLE_BUCKETS, bucket),
        "azure-native:operationalinsights:Table": table,
    },
    note: "CloudWatch keeps logs for ever where nothing is said, which keeps this rule. Log Analytics and Cloud Logging keep them for 30 days.",
};

const groupKey: Check = ({ inputs }) => {
    const key = inputs.get("kmsKeyId");
    return failIf(not(isPresent(key)), key, "is encrypted with the key of AWS");
};

/** Logs are encrypted with a key of one's own. CloudWatch encrypts them with its own otherwise. */
export const logsCmk: Rule = {
    id: "logs-cmk",
    title: "A log group is encrypted with a key of your own.",
    why: "Logs hold names, addresses and at times secrets; with a key of your own you decide who can read them.",
    clouds: ["aws"],
    pack: "security",
    severity: "low",
    requirements: { "PCI DSS": ["3.5.1"], HIPAA: ["164.312(a)(2)(iv)"], GDPR: ["32"] },
    remediation: "Set kmsKeyId to a key whose policy lets CloudWatch Logs use it.",
    see: "https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html",
    checks: { [LOG_GROUP]: groupKey },
};
