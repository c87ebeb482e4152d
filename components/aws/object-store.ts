import * as pulumi from "@pulumi/pulumi";
import type { Bucket } from "@pulumi/aws/s3/bucket.js";
import { BucketCorsConfiguration } from "@pulumi/aws/s3/bucketCorsConfiguration.js";
import { BucketLogging } from "@pulumi/aws/s3/bucketLogging.js";
import type { WorkloadIdentity } from "../contracts/cluster.ts";
import type { Destination } from "../contracts/destination.ts";
import { PUBLIC_TLS } from "../contracts/destination.ts";
import type { ObjectAccess, ObjectStore, ObjectStoreArgs } from "../contracts/object-store.ts";
import { refuse } from "../lib/errors.ts";
import { logRules, storeRules } from "./bucket-rules.ts";
import type { PrivateBucket } from "./bucket.ts";
import { privateBucket } from "./bucket.ts";
import type { AwsCluster } from "./cluster.ts";
import { EncryptionKey } from "./encryption-key.ts";
import type { AwsFoundation } from "./foundation.ts";
import type { Statement } from "./iam.ts";
import { grantTo } from "./iam.ts";
import type { AwsNetwork } from "./network.ts";
import { checkObjectStore } from "./object-store-checks.ts";

/** An object store's arguments on AWS. */
export interface AwsObjectStoreArgs extends ObjectStoreArgs {
    readonly foundation: AwsFoundation;
    readonly network: AwsNetwork;
}

/**
 * An S3 bucket, encrypted with its own key, and a second one that logs who reads and writes it as long as the network's
 * flow logs are kept.
 *
 * Under deletion protection the bucket refuses its own deletion; else it goes with all that is in it. Nodes reach S3 through
 * the network's gateway endpoint, so that objects pass no NAT gateway.
 *
 * Costs 1 USD a month for the key and about 0.025 USD for each GiB, plus requests.
 */
export class AwsObjectStore extends pulumi.ComponentResource implements ObjectStore<AwsCluster> {
    readonly bucket: pulumi.Output<string>;
    readonly endpoint: pulumi.Output<string>;
    readonly destinations: readonly Destination[] = [PUBLIC_TLS];

    readonly #region: string;
    readonly #bucketArn: pulumi.Output<string>;
    readonly #keyArn: pulumi.Output<string>;

    constructor(name: string, args: AwsObjectStoreArgs, opts?: pulumi.ComponentResourceOptions) {
        super("platform:aws:ObjectStore", name, {}, opts);
        refuse(this, name, checkObjectStore(name, args));
        const { foundation, deletionProtection } = args;
        const key = new EncryptionKey(
            name,
            {
                account: foundation.account,
                description: `Objects in ${name}`,
                alias: `${name}/objects`,
                deletionProtection,
            },
            { parent: this },
        );
        const { bucket, settings } = privateBucket(
            name,
            {
                keyArn: key.arn,
                versioning: args.versioning,
                rules: storeRules(args),
                deletionProtection,
            },
            this,
        );
        allowOrigins(name, bucket, args.corsOrigins, this);
        logAccess(name, bucket, args, this);

        this.#region = foundation.region;
        this.#bucketArn = bucket.arn;
        this.#keyArn = key.arn;
        // Known once everything that is put into it is encrypted and kept as it should be.
        const set = pulumi.all(settings.map(({ id }) => id));
        this.bucket = pulumi.all([bucket.bucket, set]).apply(([made]) => made);
        this.endpoint = pulumi.output(`https://s3.${foundation.region}.amazonaws.com`);
        this.registerOutputs({ bucket: this.bucket, endpoint: this.endpoint });
    }

    grant(
        name: string,
        {
            identity,
            access,
        }: { cluster: AwsCluster; identity: WorkloadIdentity; access: ObjectAccess },
        opts?: pulumi.CustomResourceOptions,
    ): readonly pulumi.Resource[] {
        const may = mayUse(access, this.#bucketArn, this.#keyArn, this.#region);
        return [grantTo(name, identity, may, pulumi.mergeOptions({ parent: this }, opts))];
    }
}

/** Lets pages of other origins read and write with signed addresses. */
function allowOrigins(
    name: string,
    bucket: Bucket,
    origins: readonly string[],
    parent: pulumi.Resource,
): void {
    if (origins.length === 0) return;
    new BucketCorsConfiguration(
        name,
        {
            bucket: bucket.bucket,
            corsRules: [
                {
                    allowedOrigins: [...origins],
                    allowedMethods: ["GET", "HEAD", "PUT", "POST", "DELETE"],
                    allowedHeaders: ["*"],
                    // The parts of an upload are put together by their tags.
                    exposeHeaders: ["ETag"],
                    maxAgeSeconds: 3600,
                },
            ],
        },
        { parent },
    );
}

/** Logs who reads and writes a bucket, into one that lives as long. */
function logAccess(
    name: string,
    bucket: Bucket,
    { network, foundation, deletionProtection }: AwsObjectStoreArgs,
    parent: pulumi.Resource,
): void {
    const logs: PrivateBucket = privateBucket(
        `${name}-logs`,
        {
            versioning: true,
            rules: logRules(network.logDays),
            deletionProtection,
            statements: (arn) => [s3MayLog(arn, bucket, foundation.account)],
        },
        parent,
    );
    new BucketLogging(
        name,
        {
            bucket: bucket.bucket,
            targetBucket: logs.bucket.bucket,
            targetPrefix: "",
            // Folders by day let queries read only the days that they ask for.
            targetObjectKeyFormat: { partitionedPrefix: { partitionDateSource: "EventTime" } },
        },
        { parent, dependsOn: [...logs.settings] },
    );
}

/**
 * Lets S3 write the access log of one bucket.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html
 */
function s3MayLog(logs: pulumi.Output<string>, bucket: Bucket, account: string): Statement {
    return {
        Sid: "AccessLog",
        Effect: "Allow",
        Principal: { Service: "logging.s3.amazonaws.com" },
        Action: "s3:PutObject",
        Resource: logs.apply((arn) => `${arn}/*`),
        Condition: {
            ArnEquals: { "aws:SourceArn": bucket.arn },
            StringEquals: { "aws:SourceAccount": account },
        },
    };
}

/** What is done to objects, and to the bucket, by access. Old versions stay out of reach of both. */
const ACTIONS = {
    read: { objects: ["s3:GetObject"], bucket: ["s3:ListBucket", "s3:GetBucketLocation"] },
    write: {
        objects: [
            "s3:GetObject",
            "s3:PutObject",
            "s3:DeleteObject",
            "s3:AbortMultipartUpload",
            "s3:ListMultipartUploadParts",
        ],
        bucket: ["s3:ListBucket", "s3:GetBucketLocation", "s3:ListBucketMultipartUploads"],
    },
} as const;

function mayUse(
    access: ObjectAccess,
    bucketArn: pulumi.Output<string>,
    keyArn: pulumi.Output<string>,
    region: string,
): readonly Statement[] {
    const { objects, bucket } = ACTIONS[access];
    return [
        { Effect: "Allow", Action: bucket, Resource: bucketArn },
        { Effect: "Allow", Action: objects, Resource: bucketArn.apply((arn) => `${arn}/*`) },
        {
            Effect: "Allow",
            // The parts of an upload are read again when they are put together.
            Action: access === "write" ? ["kms:Decrypt", "kms:GenerateDataKey"] : "kms:Decrypt",
            Resource: keyArn,
            Condition: { StringEquals: { "kms:ViaService": `s3.${region}.amazonaws.com` } },
        },
    ];
}
