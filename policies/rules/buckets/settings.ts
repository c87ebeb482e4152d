import type { Value } from "../../runtime/reader.ts";
import { attached, maybe, type Link, type Stack, type StackResource } from "../../runtime/stack.ts";
import { failIf, isOneOf, not, or, some, someOf, type Truth } from "../../runtime/truth.ts";
import { on, type StackVerdict } from "../rule.ts";

export const S3_BUCKET = "aws:s3/bucket:Bucket";
export const GCS_BUCKET = "gcp:storage/bucket:Bucket";
export const STORAGE_ACCOUNT = "azure-native:storage:StorageAccount";
export const BLOB_SERVICE = "azure-native:storage:BlobServiceProperties";
export const AZURE_FLOW_LOG = "azure-native:network:FlowLog";

/** How the resources that hold settings of an S3 bucket name it. */
export const OF_S3 = { input: "bucket", names: ["bucket", "id"] };

/** How the resources that hold settings of a storage account name it. */
const OF_ACCOUNT = { input: "accountName", names: ["accountName", "name"] };

/** A setting that a bucket has in its own inputs or in a resource beside it. */
export interface Setting {
    /** Whether the bucket has it itself. */
    readonly inline: (bucket: StackResource) => Truth;
    /** The resource beside it. What such a resource says is judged where it stands. */
    readonly beside: Link;
    /** Whether a resource beside it counts. @default every one does */
    readonly counts?: (resource: StackResource) => Truth;
    readonly message: string;
}

/** The verdicts on buckets without a setting. */
export function without(
    stack: Stack,
    buckets: readonly StackResource[],
    { inline, beside, counts = () => true, message }: Setting,
): readonly StackVerdict[] {
    const found = attached(stack, buckets, beside);
    const loose = maybe(found.loose, beside.input);
    return buckets.flatMap((bucket) => {
        const kept = or(inline(bucket), ...found.of(bucket).map(counts), loose);
        return on(bucket, failIf(not(kept), bucket.inputs, message));
    });
}

/** The verdicts on S3 buckets without a setting. */
export function s3Without(
    stack: Stack,
    type: string,
    inline: (given: Value) => Truth,
    message: string,
): readonly StackVerdict[] {
    return without(stack, stack.all(S3_BUCKET), {
        inline: ({ given }) => inline(given),
        beside: { types: [type], ...OF_S3 },
        message,
    });
}

/** The verdicts on storage accounts without a setting, as far as they can hold blobs. */
export function accountsWithout(
    stack: Stack,
    type: string,
    inline: (account: StackResource) => Truth,
    message: string,
): readonly StackVerdict[] {
    return without(stack, stack.all(STORAGE_ACCOUNT), {
        inline: (account) => or(holdsFilesOnly(account), inline(account)),
        beside: { types: [type], ...OF_ACCOUNT },
        message,
    });
}

/** Whether an account is one for file shares, which has no blobs. */
export function holdsFilesOnly({ given }: StackResource): Truth {
    return isOneOf(given.get("kind"), ["filestorage"], false);
}

/** Whether a block of a bucket says so: one block in `Bucket`, a list with an "s" to its name in `BucketV2`. */
export function inBlock(given: Value, name: string, test: (block: Value) => Truth): Truth {
    return or(someOf(given.get(name), test), some(given.get(`${name}s`), test));
}

/** Whether the flow logs of networks go to an account. The service rewrites their blobs every minute. */
export function takesFlowLogs(stack: Stack, account: StackResource, test = always): Truth {
    return or(...stack.referrers(account, AZURE_FLOW_LOG, "storageId").map((log) => test(log)));
}

function always(_log: StackResource): Truth {
    return true;
}
