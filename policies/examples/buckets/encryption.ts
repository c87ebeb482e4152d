import type { Example, StackExample } from "../example.ts";
import { beside, inline } from "./split.ts";

const KEY = "arn:aws:kms:eu-west-1:1:key/2f6a";
const BY_DEFAULT = { sseAlgorithm: "aws:kms", kmsMasterKeyId: KEY };
const RULE = { applyServerSideEncryptionByDefault: BY_DEFAULT };
const SEPARATE = ["", "V2"].map(
    (version) =>
        `aws:s3/bucketServerSideEncryptionConfiguration${version}:BucketServerSideEncryptionConfiguration${version}`,
);

export const encryptionExamples: Record<string, readonly Example[]> = {
    "bucket-encrypted-cmk": [
        ...SEPARATE.map((type): Example => {
            const at = "rules[0].applyServerSideEncryptionByDefault";
            return {
                type,
                good: { bucket: "data", rules: [RULE] },
                breaks: [
                    {
                        title: "S3 encrypts with its own key",
                        set: [at, { sseAlgorithm: "AES256" }],
                        at: ["rules"],
                    },
                    { title: "no key is named", set: [`${at}.kmsMasterKeyId`, ""], at: ["rules"] },
                    {
                        title: "the key is the one that AWS keeps",
                        set: [`${at}.kmsMasterKeyId`, "arn:aws:kms:eu-west-1:1:alias/aws/s3"],
                        at: ["rules"],
                    },
                    { title: "there is no rule", set: ["rules", []], at: ["rules"] },
                ],
                undecided: `${at}.kmsMasterKeyId`,
            };
        }),
        {
            type: "azure-native:storage:StorageAccount",
            good: { encryption: { keySource: "Microsoft.Keyvault" } },
            breaks: [
                {
                    title: "Azure keeps the key",
                    set: ["encryption.keySource", "Microsoft.Storage"],
                    at: ["encryption.keySource"],
                },
                {
                    title: "nothing is said",
                    set: ["encryption", undefined],
                    at: ["encryption.keySource"],
                },
            ],
            undecided: "encryption.keySource",
        },
        {
            type: "gcp:storage/bucket:Bucket",
            good: { encryption: { defaultKmsKeyName: "projects/p/locations/l/keyRings/r" } },
            breaks: [
                {
                    title: "Google keeps the key",
                    set: ["encryption", undefined],
                    at: ["encryption.defaultKmsKeyName"],
                },
            ],
            undecided: "encryption.defaultKmsKeyName",
        },
    ],
};

export const encryptionStackExamples: Record<string, readonly StackExample[]> = {
    "bucket-encrypted-cmk": [
        ...SEPARATE.map((type) => beside("aws:s3/bucket:Bucket", type, { rules: [RULE] })),
        inline("aws:s3/bucket:Bucket", { serverSideEncryptionConfiguration: { rule: RULE } }, [
            "serverSideEncryptionConfiguration.rule.applyServerSideEncryptionByDefault.sseAlgorithm",
            "AES256",
        ]),
        inline(
            "aws:s3/bucketV2:BucketV2",
            {
                serverSideEncryptionConfigurations: [
                    { rules: [{ applyServerSideEncryptionByDefaults: [BY_DEFAULT] }] },
                ],
            },
            ["serverSideEncryptionConfigurations", undefined],
        ),
    ],
};
