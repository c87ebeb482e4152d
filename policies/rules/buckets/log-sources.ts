import type { Value } from "../../runtime/reader.ts";
import type { Stack, StackResource } from "../../runtime/stack.ts";
import { holds, or, type Truth } from "../../runtime/truth.ts";
import { S3_BUCKET } from "./settings.ts";

export const S3_LOGGING = "aws:s3/bucketLogging:BucketLogging";

/** Where a resource says to which bucket it writes logs. */
export interface Source {
    readonly type: string;
    readonly path: string;
    /** What stands before the bucket's name. */
    readonly prefix?: string;
}

/** What writes its logs under no other key than S3's own. */
export const S3_KEY_SOURCES: readonly Source[] = [
    { type: S3_LOGGING, path: "targetBucket" },
    { type: S3_BUCKET, path: "logging.targetBucket" },
    { type: S3_BUCKET, path: "loggings" },
    { type: "aws:elb/loadBalancer:LoadBalancer", path: "accessLogs.bucket" },
    ...["lb", "alb"].flatMap((module) =>
        ["accessLogs.bucket", "connectionLogs.bucket"].map((path) => ({
            type: `aws:${module}/loadBalancer:LoadBalancer`,
            path,
        })),
    ),
];

/** All that writes logs to buckets on AWS. */
export const S3_SOURCES: readonly Source[] = [
    ...S3_KEY_SOURCES,
    { type: "aws:cloudtrail/trail:Trail", path: "s3BucketName" },
    { type: "aws:ec2/flowLog:FlowLog", path: "logDestination", prefix: "arn:aws:s3:::" },
    { type: "aws:cloudfront/distribution:Distribution", path: "loggingConfig.bucket" },
    { type: "aws:cfg/deliveryChannel:DeliveryChannel", path: "s3BucketName" },
    { type: "aws:redshift/logging:Logging", path: "bucketName" },
];

/** The buckets that sources name without a reference. */
export interface Named {
    readonly names: ReadonlySet<string>;
    /** Unknown as long as a source writes to a bucket that cannot be told, which may be any. */
    readonly others: Truth;
}

export function namedBy(stack: Stack, sources: readonly Source[]): Named {
    const names = new Set<string>();
    let others: Truth = false;
    for (const source of sources) {
        for (const resource of stack.all(source.type)) {
            if (resource.references(inputOf(source)).length > 0) continue;
            const target = resource.given.at(source.path);
            const text = target.text();
            if (text.state === "known") names.add(bucketIn(text.value, source));
            if (target.state === "unknown") others = { unknown: target.path };
        }
    }
    return { names, others };
}

function inputOf({ path }: Source): string {
    return path.split(".")[0] ?? path;
}

function bucketIn(text: string, { prefix }: Source): string {
    if (prefix === undefined) return text;
    return text.startsWith(prefix) ? (text.slice(prefix.length).split("/")[0] ?? "") : "";
}

/** Whether others write their logs to a bucket. Its own log would be one of reading and writing logs, without end. */
export function receives(
    stack: Stack,
    bucket: StackResource,
    sources: readonly Source[],
    { name, named }: { readonly name: Value; readonly named: Named },
): Truth {
    const isReferred = sources.some(
        (source) => stack.referrers(bucket, source.type, inputOf(source)).length > 0,
    );
    const isNamed =
        named.names.size > 0 && holds(name, name.text(), (text) => named.names.has(text), false);
    return or(isReferred, isNamed, named.others);
}
