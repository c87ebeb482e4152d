import type { Value } from "../../runtime/reader.ts";
import {
    and,
    failIf,
    isOneOf,
    isPresent,
    not,
    or,
    some,
    someOf,
    type Truth,
} from "../../runtime/truth.ts";
import { attached, maybe, type Stack } from "../../runtime/stack.ts";
import { isOwnKey } from "../own-key.ts";
import { on, type Check, type Rule, type StackVerdict } from "../rule.ts";
import { namedBy, receives, S3_KEY_SOURCES } from "./log-sources.ts";
import { GCS_BUCKET, inBlock, OF_S3, S3_BUCKET, STORAGE_ACCOUNT } from "./settings.ts";

const S3_ENCRYPTION =
    "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration";

/** With KMS, but without a key, S3 takes the one that AWS keeps for the account. */
function usesOwnKey(rule: Value): Truth {
    return inBlock(rule, "applyServerSideEncryptionByDefault", (byDefault) =>
        and(
            isOneOf(byDefault.get("sseAlgorithm"), ["aws:kms", "aws:kms:dsse"], false),
            isOwnKey(byDefault.get("kmsMasterKeyId")),
        ),
    );
}

const BY_AWS = "is encrypted with a key of AWS";
const NO_OWN_KEY = "does not encrypt with a key of your own";

const storageAccountKey: Check = ({ inputs }) => {
    const source = inputs.at("encryption.keySource");
    return failIf(not(isOneOf(source, ["microsoft.keyvault"], false)), source, NO_OWN_KEY);
};

const gcsKey: Check = ({ inputs }) => {
    const key = inputs.at("encryption.defaultKmsKeyName");
    return failIf(not(isPresent(key)), key, NO_OWN_KEY);
};

/** Buckets are encrypted with keys whose use the customer decides on and can see. All clouds encrypt with their own otherwise. */
export const bucketEncryptedCmk: Rule = {
    id: "bucket-encrypted-cmk",
    title: "A bucket is encrypted with a key of your own.",
    why: "Only for a key of your own you decide who may use it, see who did, and can make the data unreadable at once.",
    clouds: ["aws", "azure", "gcp"],
    pack: "security",
    severity: "medium",
    requirements: {
        "PCI DSS": ["3.5.1", "3.6.1"],
        HIPAA: ["164.312(a)(2)(iv)"],
        "SOC 2": ["PI1.4"],
    },
    analogies: { GDPR: ["32"] },
    remediation: {
        aws:
            "Add a BucketServerSideEncryptionConfiguration with sseAlgorithm aws:kms and a " +
            "kmsMasterKeyId of your own.",
        "azure-native": "Set encryption.keySource to Microsoft.Keyvault and name the key.",
        gcp: "Set encryption.defaultKmsKeyName.",
    },
    see: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html",
    checks: {
        [STORAGE_ACCOUNT]: storageAccountKey,
        [GCS_BUCKET]: gcsKey,
    },
    stack: {
        judges: [S3_BUCKET, S3_ENCRYPTION],
        reads: S3_KEY_SOURCES.map(({ type }) => type),
        check: s3WithoutOwnKey,
    },
    note: "S3 buckets for the access logs of buckets and load balancers are left out: AWS writes those under S3's own key only.",
};

/** A bucket's encryption stands in it or beside it. */
function s3WithoutOwnKey(stack: Stack): readonly StackVerdict[] {
    const buckets = stack.all(S3_BUCKET);
    const settings = attached(stack, buckets, { types: [S3_ENCRYPTION], ...OF_S3 });
    const loose = maybe(settings.loose, OF_S3.input);
    const named = namedBy(stack, S3_KEY_SOURCES);
    const exempt = new Map<string, Truth>(settings.loose.map(({ urn }) => [urn, loose]));
    const plain = buckets.flatMap((bucket) => {
        const name = bucket.inputs.get("bucket");
        const takesLogs = receives(stack, bucket, S3_KEY_SOURCES, { name, named });
        for (const { urn } of settings.of(bucket)) exempt.set(urn, takesLogs);
        const said = or(isEncryptedInline(bucket.given), settings.of(bucket).length > 0, loose);
        return on(bucket, failIf(not(or(said, takesLogs)), bucket.inputs, BY_AWS));
    });
    const beside = stack.all(S3_ENCRYPTION).flatMap((setting) => {
        const rules = setting.given.get("rules");
        const kept = or(some(rules, usesOwnKey), exempt.get(setting.urn) ?? false);
        return on(setting, failIf(not(kept), rules, NO_OWN_KEY));
    });
    return [...plain, ...beside];
}

function isEncryptedInline(given: Value): Truth {
    return inBlock(given, "serverSideEncryptionConfiguration", (block) =>
        or(someOf(block.get("rule"), usesOwnKey), some(block.get("rules"), usesOwnKey)),
    );
}
