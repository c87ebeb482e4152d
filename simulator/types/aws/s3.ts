import type { Instance, Reference, TypeRule, World } from "../../table.ts";
import { byArn, listed, oneOf, statements, text, unless } from "./common.ts";
import { checkCors, checkEncryption, checkLifecycle, checkPolicy } from "./s3-checks.ts";

const BUCKET = "aws:s3/bucket:Bucket";
const POLICY = "aws:s3/bucketPolicy:BucketPolicy";

/** Names that S3 keeps for itself, whatever their letters. */
const RESERVED = /^(xn--|sthree-|amzn-s3-demo-)|(-s3alias|--ol-s3|--x-s3|--table-s3)$/;

/** A reference to a bucket by its name, which keeps no bucket from being deleted. */
function toBucket(path: string): Reference {
    const words = () => "api error NoSuchBucket: The specified bucket does not exist";
    return { path, to: [BUCKET], blocks: false, words };
}

/** A setting of a bucket is there once, under the bucket's own name, and vanishes with it. */
function setting(rule: Partial<TypeRule>): TypeRule {
    return {
        ...rule,
        required: ["bucket", ...(rule.required ?? [])],
        references: [toBucket("bucket"), ...(rule.references ?? [])],
        immutable: ["bucket"],
        repeatable: true,
        id: ({ inputs }) => text(inputs, "bucket") ?? "",
        seconds: { create: 2 },
    };
}

/** True if the policy that stands denies everybody to delete the bucket. */
function deniesDeletion(bucket: Instance, world: World): boolean {
    return world
        .all(POLICY)
        .filter(({ outputs }) => outputs["bucket"] === bucket.id)
        .flatMap(({ outputs }) => statements(outputs["policy"]) ?? [])
        .some(
            (one) => one["Effect"] === "Deny" && listed(one["Action"]).includes("s3:DeleteBucket"),
        );
}

function refuseDelete(bucket: Instance, world: World): string | undefined {
    if (!deniesDeletion(bucket, world)) return undefined;
    return `api error AccessDenied: not authorized to perform: s3:DeleteBucket on resource: "arn:aws:s3:::${bucket.id}" with an explicit deny in a resource-based policy`;
}

const bucket: TypeRule = {
    name: {
        property: "bucket",
        pattern: /(?!.*\.\.)[a-z0-9][a-z0-9.-]+[a-z0-9]/,
        max: 63,
        unique: "global",
        from: (name) => name.toLowerCase(),
        words: (name) =>
            `invalid bucket name (${name}): only lowercase alphanumeric characters, hyphens and periods allowed, 3 to 63 of them`,
        taken: () =>
            "api error BucketAlreadyExists: The requested bucket name is not available. The bucket namespace is shared by all users of the system. Please select a different name and try again.",
    },
    immutable: ["bucket", "bucketPrefix", "bucketNamespace", "objectLockEnabled"],
    defaults: { forceDestroy: false, bucketNamespace: "global" },
    check: ({ inputs }) => {
        const name = text(inputs, "bucket");
        return unless(
            name === undefined || !RESERVED.test(name),
            `api error InvalidBucketName: The specified bucket is not valid: ${name}`,
            "bucket",
        );
    },
    id: ({ inputs }) => text(inputs, "bucket") ?? "",
    outputs: ({ scope }, _world, id) => ({
        arn: `arn:aws:s3:::${id}`,
        bucketDomainName: `${id}.s3.amazonaws.com`,
        bucketRegion: scope.region,
        bucketRegionalDomainName: `${id}.s3.${scope.region}.amazonaws.com`,
        region: scope.region,
    }),
    refuseDelete,
    seconds: { create: 4 },
};

/** Buckets and their settings. */
export const s3: Readonly<Record<string, TypeRule>> = {
    [BUCKET]: bucket,
    [POLICY]: setting({ required: ["policy"], check: checkPolicy }),
    "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": setting({}),
    "aws:s3/bucketOwnershipControls:BucketOwnershipControls": setting({
        required: ["rule.objectOwnership"],
        check: ({ inputs }) =>
            oneOf(inputs, "rule.objectOwnership", [
                "BucketOwnerPreferred",
                "ObjectWriter",
                "BucketOwnerEnforced",
            ]),
    }),
    "aws:s3/bucketVersioning:BucketVersioning": setting({
        required: ["versioningConfiguration.status"],
        check: ({ inputs }) =>
            oneOf(inputs, "versioningConfiguration.status", ["Enabled", "Suspended", "Disabled"]),
        admit: ({ inputs }, _world, old) => {
            const [was, is] = [old?.outputs ?? {}, inputs].map((one) =>
                text(one, "versioningConfiguration.status"),
            );
            return unless(
                is !== "Disabled" || was === undefined || was === "Disabled",
                `versioning_configuration.status cannot be updated from '${was}' to 'Disabled'`,
            );
        },
    }),
    "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": setting({
        required: ["rules[].id", "rules[].status"],
        check: checkLifecycle,
    }),
    "aws:s3/bucketCorsConfiguration:BucketCorsConfiguration": setting({
        required: ["corsRules", "corsRules[].allowedMethods", "corsRules[].allowedOrigins"],
        check: checkCors,
    }),
    "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration":
        setting({
            required: ["rules"],
            references: [
                byArn(
                    "rules[].applyServerSideEncryptionByDefault.kmsMasterKeyId",
                    "aws:kms/key:Key",
                    (key) => `api error KMS.NotFoundException: Key '${key}' does not exist`,
                ),
            ],
            check: checkEncryption,
        }),
    "aws:s3/bucketLogging:BucketLogging": setting({
        required: ["targetBucket", "targetPrefix"],
        references: [
            {
                ...toBucket("targetBucket"),
                words: () =>
                    "api error InvalidTargetBucketForLogging: The target bucket for logging does not exist",
            },
        ],
    }),
};
