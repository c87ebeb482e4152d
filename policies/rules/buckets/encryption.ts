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
import { isOwnKey } from "../own-key.ts";
import type { Check, Rule } from "../rule.ts";
import { GCS_BUCKET, inBlock, S3_BUCKET, s3Without, STORAGE_ACCOUNT } from "./settings.ts";

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

const NO_OWN_KEY = "does not encrypt with a key of your own";

const s3Encryption: Check = ({ inputs }) => {
    const given = inputs.get("rules");
    return failIf(not(some(given, usesOwnKey)), given, NO_OWN_KEY);
};

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
    remediation:
        "S3: add a BucketServerSideEncryptionConfiguration with sseAlgorithm aws:kms and a kmsMasterKeyId of your own. Azure: set " +
        "encryption.keySource to Microsoft.Keyvault and name the key. Google Cloud: set encryption.defaultKmsKeyName.",
    see: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html",
    checks: {
        [S3_ENCRYPTION]: s3Encryption,
        [STORAGE_ACCOUNT]: storageAccountKey,
        [GCS_BUCKET]: gcsKey,
    },
    stack: {
        judges: [S3_BUCKET],
        reads: [S3_ENCRYPTION],
        check: (stack) =>
            s3Without(stack, S3_ENCRYPTION, isEncryptedInline, "is encrypted with a key of AWS"),
    },
};

function isEncryptedInline(given: Value): Truth {
    return inBlock(given, "serverSideEncryptionConfiguration", (block) =>
        or(someOf(block.get("rule"), usesOwnKey), some(block.get("rules"), usesOwnKey)),
    );
}
