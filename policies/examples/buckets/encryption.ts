import { UNKNOWN, type Example, type Inputs, type Json, type StackExample } from "../example.ts";
import { beside, inline } from "./split.ts";

const KEY = "arn:aws:kms:eu-west-1:1:key/2f6a";
const BY_DEFAULT = { sseAlgorithm: "aws:kms", kmsMasterKeyId: KEY };
const RULE = { applyServerSideEncryptionByDefault: BY_DEFAULT };
const SEPARATE = ["", "V2"].map(
    (version) =>
        `aws:s3/bucketServerSideEncryptionConfiguration${version}:BucketServerSideEncryptionConfiguration${version}`,
);

/** A setting of a bucket that another stack makes. */
function alone(type: string): StackExample {
    const at = "rules[0].applyServerSideEncryptionByDefault";
    const found = [["setting", "rules"]] as const;
    return {
        title: `a ${type} of a bucket elsewhere`,
        good: [{ name: "setting", type, inputs: { bucket: "data", rules: [RULE] } }],
        breaks: [
            {
                title: "S3 encrypts with its own key",
                set: ["setting", at, { sseAlgorithm: "AES256" }],
                at: found,
            },
            {
                title: "no key is named",
                set: ["setting", `${at}.kmsMasterKeyId`, ""],
                at: found,
            },
            {
                title: "the key is the one that AWS keeps",
                set: ["setting", `${at}.kmsMasterKeyId`, "arn:aws:kms:eu-west-1:1:alias/aws/s3"],
                at: found,
            },
            { title: "there is no rule", set: ["setting", "rules", []], at: found },
        ],
        undecided: ["setting", `${at}.kmsMasterKeyId`],
    };
}

/** A bucket to which logs are written that take S3's own key only. */
function logTarget(type: string, inputs: Inputs): StackExample {
    const [input] = Object.keys(inputs);
    const S3_KEY = { applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } };
    return {
        title: `a bucket for the logs of a ${type}`,
        good: [
            { name: "logs", type: "aws:s3/bucket:Bucket", inputs: {} },
            {
                name: "setting",
                type: SEPARATE[0]!,
                inputs: { bucket: UNKNOWN, rules: [S3_KEY] },
                references: { bucket: ["logs"] },
            },
            { name: "bare", type: "aws:s3/bucket:Bucket", inputs: { bucket: "bare" } },
            { name: "source", type, inputs, references: { [input!]: ["logs"] } },
            { name: "other", type, inputs: { [input!]: told(inputs[input!]!, "bare") } },
        ],
        breaks: [
            {
                title: "the logs of the first go elsewhere",
                set: ["source", input!, told(inputs[input!]!, "archive")],
                at: [["setting", "rules"]],
            },
            {
                title: "the logs of the second go elsewhere",
                set: ["other", input!, told(inputs[input!]!, "archive")],
                at: [["bare", ""]],
            },
        ],
        undecided: ["source", input!],
    };
}

/** The input of a source with the bucket's name written out. */
const told = (value: Json, name: string): Json =>
    typeof value === "string" ? name : { bucket: name };

export const encryptionExamples: Record<string, readonly Example[]> = {
    "bucket-encrypted-cmk": [
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
        ...SEPARATE.map(alone),
        logTarget("aws:s3/bucketLogging:BucketLogging", { targetBucket: UNKNOWN }),
        logTarget("aws:lb/loadBalancer:LoadBalancer", { accessLogs: { bucket: UNKNOWN } }),
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
