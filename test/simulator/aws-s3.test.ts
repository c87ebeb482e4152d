import assert from "node:assert/strict";

import type { Properties } from "../../simulator/table.ts";
import { Account, replaces } from "./support/aws.ts";

/** An account with a bucket, and one of its settings. */
function withSetting(kind: string, given: Properties): Account {
    const account = new Account();
    account.make("Bucket", "b", { bucket: "my-files" });
    account.make(kind, "b", { bucket: "my-files", ...given });
    return account;
}

describe("the simulated S3", () => {
    for (const [title, name, words] of [
        ["a name in capitals", "My-Files", /invalid bucket name \(My-Files\)/],
        ["a name of two letters", "ab", /invalid bucket name \(ab\)/],
        ["a name of 64 letters", "a".repeat(64), /invalid bucket name/],
        ["a name that ends in a hyphen", "files-", /invalid bucket name/],
        ["a name with two dots in a row", "a..b", /invalid bucket name/],
        ["a name that S3 keeps for itself", "xn--files", /InvalidBucketName/],
    ] as const) {
        it(`rejects ${title}`, () => {
            assert.throws(() => new Account().make("Bucket", "b", { bucket: name }), words);
        });
    }

    it("rejects a name that any account has, and makes one up with seven digits", () => {
        const account = new Account();
        account.make("Bucket", "a", { bucket: "taken" });
        const again = () => account.make("Bucket", "b", { bucket: "taken" });
        assert.throws(again, /BucketAlreadyExists: .* shared by all users/);
        assert.match(account.make("Bucket", "My-Logs", {}).id, /^my-logs-[0-9a-f]{7}$/);
    });

    it("gives an ARN without region and account, and addresses", () => {
        const { outputs } = new Account().make("Bucket", "b", { bucket: "my-files" });
        assert.equal(outputs["arn"], "arn:aws:s3:::my-files");
        assert.equal(outputs["bucketRegionalDomainName"], "my-files.s3.eu-central-1.amazonaws.com");
    });

    const rule = (given: Properties) => ({
        rules: [{ id: "one", status: "Enabled", filter: { prefix: "" }, ...given }],
    });
    const lifecycle = "BucketLifecycleConfiguration";
    const refused: readonly [title: string, kind: string, given: Properties, words: RegExp][] = [
        [
            "objects that cool before 30 days",
            lifecycle,
            rule({ transitions: [{ days: 29, storageClass: "STANDARD_IA" }] }),
            /must be greater than or equal to 30 for storageClass 'STANDARD_IA'/,
        ],
        [
            "a class that does not exist",
            lifecycle,
            rule({ transitions: [{ days: 30, storageClass: "COLD" }] }),
            /expected storage_class to be one of .*, got COLD/,
        ],
        [
            "objects that go before they cool",
            lifecycle,
            rule({
                transitions: [{ days: 60, storageClass: "STANDARD_IA" }],
                expiration: { days: 60 },
            }),
            /must be greater than 'Days' in the Transition action/,
        ],
        [
            "versions kept for no day",
            lifecycle,
            rule({ noncurrentVersionExpiration: { noncurrentDays: 0 } }),
            /'NoncurrentDays' .* must be a positive integer/,
        ],
        [
            "days and the deletion mark in one rule",
            lifecycle,
            rule({ expiration: { days: 9, expiredObjectDeleteMarker: true } }),
            /MalformedXML/,
        ],
        [
            "two rules of one name",
            lifecycle,
            { rules: [...rule({}).rules, ...rule({}).rules] },
            /Rule ID must be unique/,
        ],
        [
            "an origin with two wildcards",
            "BucketCorsConfiguration",
            { corsRules: [{ allowedMethods: ["GET"], allowedOrigins: ["https://*.*"] }] },
            /can not have more than one wildcard/,
        ],
        [
            "a method that browsers do not send",
            "BucketCorsConfiguration",
            { corsRules: [{ allowedMethods: ["PATCH"], allowedOrigins: ["*"] }] },
            /Unsupported method is PATCH/,
        ],
        [
            "versioning that is no state",
            "BucketVersioning",
            { versioningConfiguration: { status: "On" } },
            /expected status to be one of \[Enabled Suspended Disabled\], got On/,
        ],
        [
            "an owner that does not exist",
            "BucketOwnershipControls",
            { rule: { objectOwnership: "Me" } },
            /expected object_ownership to be one of .*, got Me/,
        ],
        [
            "an algorithm that does not exist",
            "BucketServerSideEncryptionConfiguration",
            { rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "KMS" } }] },
            /expected sse_algorithm to be one of .*, got KMS/,
        ],
        [
            "a key that does not stand",
            "BucketServerSideEncryptionConfiguration",
            {
                rules: [
                    {
                        applyServerSideEncryptionByDefault: {
                            sseAlgorithm: "aws:kms",
                            kmsMasterKeyId: "arn:aws:kms:eu-central-1:123456789012:key/none",
                        },
                    },
                ],
            },
            /KMS.NotFoundException/,
        ],
        [
            "a policy for nobody",
            "BucketPolicy",
            { policy: '{"Statement":[{"Effect":"Deny","Action":"s3:*","Resource":"*"}]}' },
            /MalformedPolicy: Missing required field Principal/,
        ],
        [
            "a policy on another bucket",
            "BucketPolicy",
            {
                policy: JSON.stringify({
                    Statement: [
                        { Effect: "Deny", Principal: "*", Resource: "arn:aws:s3:::other/*" },
                    ],
                }),
            },
            /MalformedPolicy: Policy has invalid resource/,
        ],
        [
            "a log that goes nowhere",
            "BucketLogging",
            { targetBucket: "none", targetPrefix: "" },
            /InvalidTargetBucketForLogging/,
        ],
    ];
    for (const [title, kind, given, words] of refused) {
        it(`rejects ${title}`, () => {
            assert.throws(() => withSetting(kind, given), words);
        });
    }

    it("rejects a setting of a bucket that does not stand", () => {
        const make = () => new Account().make("BucketPublicAccessBlock", "b", { bucket: "none" });
        assert.throws(make, /NoSuchBucket/);
    });

    it("suspends versioning, and knows no way back to before", () => {
        const status = (value: string) => ({ versioningConfiguration: { status: value } });
        const account = withSetting("BucketVersioning", status("Enabled"));
        account.change("BucketVersioning", "b", status("Suspended"));
        const back = () => account.change("BucketVersioning", "b", status("Disabled"));
        assert.throws(back, /cannot be updated from 'Suspended' to 'Disabled'/);
    });

    it("refuses to delete a bucket whose policy denies it, and lets the policy go first", () => {
        const deny = { Effect: "Deny", Principal: "*", Action: "s3:DeleteBucket" };
        const policy = JSON.stringify({
            Statement: [{ ...deny, Resource: "arn:aws:s3:::my-files" }],
        });
        const account = withSetting("BucketPolicy", { policy });
        assert.throws(() => account.drop("Bucket", "b"), /with an explicit deny/);
        account.drop("BucketPolicy", "b");
        account.drop("Bucket", "b");
    });

    it("makes a bucket anew for another name, and changes what destroys its objects in place", () => {
        assert.ok(replaces("Bucket", { bucket: "a" }, { bucket: "b" }));
        assert.ok(!replaces("Bucket", { forceDestroy: true }, { forceDestroy: false }));
    });
});
