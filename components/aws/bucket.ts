import type * as pulumi from "@pulumi/pulumi";
import { Bucket } from "@pulumi/aws/s3/bucket.js";
import { BucketLifecycleConfiguration } from "@pulumi/aws/s3/bucketLifecycleConfiguration.js";
import { BucketOwnershipControls } from "@pulumi/aws/s3/bucketOwnershipControls.js";
import { BucketPolicy } from "@pulumi/aws/s3/bucketPolicy.js";
import { BucketPublicAccessBlock } from "@pulumi/aws/s3/bucketPublicAccessBlock.js";
import { BucketServerSideEncryptionConfiguration } from "@pulumi/aws/s3/bucketServerSideEncryptionConfiguration.js";
import { BucketVersioning } from "@pulumi/aws/s3/bucketVersioning.js";
import type { LifecycleRule } from "./bucket-rules.ts";
import type { Statement } from "./iam.ts";
import { policyDocument } from "./iam.ts";

/** What sets one private bucket apart from another. */
export interface PrivateBucketArgs {
    /** The key that encrypts its objects. @default S3's own, the only one under which S3 and load balancers write logs */
    readonly keyArn?: pulumi.Input<string>;
    /** True if overwritten and deleted objects become old versions. */
    readonly versioning: boolean;
    /** When objects move and go. */
    readonly rules: readonly LifecycleRule[];
    /** True if Pulumi and the bucket's policy refuse to delete it; else it goes with all that is in it. */
    readonly deletionProtection: boolean;
    /** Who may use it besides the account's own IAM policies, given its ARN. @default nobody */
    readonly statements?: (arn: pulumi.Output<string>) => readonly Statement[];
}

/** A bucket and its settings. */
export interface PrivateBucket {
    readonly bucket: Bucket;
    /** What has to stand before anything is put into it. */
    readonly settings: readonly pulumi.CustomResource[];
}

/** An S3 bucket that nobody can make public, that is reached over TLS only, and whose objects all belong to the account. */
export function privateBucket(
    name: string,
    args: PrivateBucketArgs,
    parent: pulumi.Resource,
): PrivateBucket {
    const within = { parent };
    const bucket = new Bucket(
        name,
        { forceDestroy: !args.deletionProtection, tags: { Name: name } },
        { ...within, protect: args.deletionProtection },
    );
    const block = closed(name, bucket, parent);
    const policy = new BucketPolicy(
        name,
        { bucket: bucket.bucket, policy: bucketPolicy(bucket, args) },
        // S3 takes one change of who may do what at a time.
        { ...within, dependsOn: block },
    );
    const versioning = new BucketVersioning(
        name,
        {
            bucket: bucket.bucket,
            // Versions that exist stay when versioning ends: S3 knows no way back to before.
            versioningConfiguration: { status: args.versioning ? "Enabled" : "Suspended" },
        },
        within,
    );
    new BucketLifecycleConfiguration(
        name,
        { bucket: bucket.bucket, rules: [...args.rules] },
        { ...within, dependsOn: versioning },
    );
    const settings = [block, policy, versioning, encryption(name, bucket, args.keyArn, parent)];
    return { bucket, settings };
}

/** Lets no grant be public, and no object belong to anybody else. */
function closed(name: string, bucket: Bucket, parent: pulumi.Resource): BucketPublicAccessBlock {
    new BucketOwnershipControls(
        name,
        { bucket: bucket.bucket, rule: { objectOwnership: "BucketOwnerEnforced" } },
        { parent },
    );
    return new BucketPublicAccessBlock(
        name,
        {
            bucket: bucket.bucket,
            blockPublicAcls: true,
            blockPublicPolicy: true,
            ignorePublicAcls: true,
            restrictPublicBuckets: true,
        },
        { parent },
    );
}

/** Encrypts with one data key per bucket and while, which spares most calls of KMS. Nobody brings a key of his own. */
function encryption(
    name: string,
    bucket: Bucket,
    keyArn: pulumi.Input<string> | undefined,
    parent: pulumi.Resource,
): BucketServerSideEncryptionConfiguration {
    const rule =
        keyArn === undefined
            ? { applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }
            : {
                  applyServerSideEncryptionByDefault: {
                      sseAlgorithm: "aws:kms",
                      kmsMasterKeyId: keyArn,
                  },
                  bucketKeyEnabled: true,
              };
    return new BucketServerSideEncryptionConfiguration(
        name,
        { bucket: bucket.bucket, rules: [{ ...rule, blockedEncryptionTypes: ["SSE-C"] }] },
        { parent },
    );
}

function bucketPolicy(
    bucket: Bucket,
    { deletionProtection, statements }: PrivateBucketArgs,
): pulumi.Output<string> {
    const everything = [bucket.arn, bucket.arn.apply((arn) => `${arn}/*`)];
    return policyDocument(
        {
            Sid: "TlsOnly",
            Effect: "Deny",
            Principal: "*",
            Action: "s3:*",
            Resource: everything,
            Condition: { Bool: { "aws:SecureTransport": "false" } },
        },
        ...(deletionProtection ? [neverDelete(bucket)] : []),
        ...(statements?.(bucket.arn) ?? []),
    );
}

/** Refuses deletion in the cloud, whoever asks, even while the bucket is empty. S3 has no switch for it. */
function neverDelete(bucket: Bucket): Statement {
    return {
        Sid: "DeletionProtection",
        Effect: "Deny",
        Principal: "*",
        Action: "s3:DeleteBucket",
        Resource: bucket.arn,
    };
}
