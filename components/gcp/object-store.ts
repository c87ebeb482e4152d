import * as pulumi from "@pulumi/pulumi";
import { Bucket } from "@pulumi/gcp/storage/bucket.js";
import { BucketIAMMember } from "@pulumi/gcp/storage/bucketIAMMember.js";
import type { WorkloadIdentity } from "../contracts/cluster.ts";
import type { Destination } from "../contracts/destination.ts";
import type { ObjectAccess, ObjectStore, ObjectStoreArgs } from "../contracts/object-store.ts";
import { refuse } from "../lib/errors.ts";
import type { GcpCluster } from "./cluster.ts";
import type { GcpFoundation } from "./foundation.ts";
import { type EncryptionKey, encryptionKey } from "./kms.ts";
import { retainLogs } from "./logs.ts";
import type { GcpNetwork } from "./network.ts";
import { objectStoreProblems } from "./object-store-checks.ts";
import { cors, lifecycle, softDelete } from "./object-rules.ts";

export interface GcpObjectStoreArgs extends ObjectStoreArgs {
    readonly foundation: GcpFoundation;
    readonly network: GcpNetwork;
}

/** Neither role reaches the bucket itself, its settings or who else may use it. */
const ROLES: Readonly<Record<ObjectAccess, string>> = {
    read: "roles/storage.objectViewer",
    write: "roles/storage.objectUser",
};

/**
 * A Cloud Storage bucket in the site's region: never public, rights by IAM only, encrypted with a customer's key.
 *
 * Who reads and writes objects is logged and kept as long as the network's logs. Where versions are kept, even a
 * deleted version can be brought back for 7 days, so that a workload that may write cannot destroy what was there.
 *
 * Signing addresses takes a service account of Google's. The identity of a pod is none, so a workload that signs has to
 * impersonate one that may use the bucket.
 *
 * Google lets nobody delete a bucket that holds objects. Costs about 0.02 USD a month for each GiB, half of it after
 * `coolAfter`, 0.06 USD for the key, and 0.50 USD for each GiB of logs.
 */
export class GcpObjectStore extends pulumi.ComponentResource implements ObjectStore<GcpCluster> {
    readonly bucket: pulumi.Output<string>;
    readonly endpoint: pulumi.Output<string>;
    readonly destinations: readonly Destination[];
    /** The bucket itself. */
    readonly resource: Bucket;

    constructor(name: string, args: GcpObjectStoreArgs, opts?: pulumi.ComponentResourceOptions) {
        super("platform:gcp:ObjectStore", name, {}, opts);
        refuse(this, name, objectStoreProblems(name, args));
        const { foundation, network } = args;
        const within = { parent: this };
        this.destinations = [network.googleApis];
        this.resource = makeBucket(name, args, within);
        this.bucket = this.resource.name;
        this.endpoint = pulumi.output("https://storage.googleapis.com");
        const filter = [
            'log_id("cloudaudit.googleapis.com/data_access")',
            'resource.type="gcs_bucket"',
            pulumi.interpolate`resource.labels.bucket_name="${this.bucket}"`,
        ];
        retainLogs(
            `${name}-access`,
            {
                foundation,
                description: `Who reads and writes ${name}`,
                filter: pulumi.all(filter).apply((parts) => parts.join(" AND ")),
                retention: network.logRetention,
            },
            within,
        );
        this.registerOutputs({ bucket: this.bucket });
    }

    grant(
        name: string,
        args: {
            readonly cluster: GcpCluster;
            readonly identity: WorkloadIdentity;
            readonly access: ObjectAccess;
        },
        opts?: pulumi.CustomResourceOptions,
    ): readonly pulumi.Resource[] {
        return [
            new BucketIAMMember(
                name,
                {
                    bucket: this.bucket,
                    role: ROLES[args.access],
                    member: args.identity.principal,
                },
                pulumi.mergeOptions({ parent: this }, opts),
            ),
        ];
    }
}

function bucketKey(
    name: string,
    { foundation, deletionProtection }: GcpObjectStoreArgs,
    opts: pulumi.CustomResourceOptions,
): EncryptionKey {
    const users = { storage: foundation.onDemand.storageAgent() };
    return encryptionKey(`${name}-key`, { foundation, users, deletionProtection }, opts);
}

function makeBucket(
    name: string,
    args: GcpObjectStoreArgs,
    opts: pulumi.CustomResourceOptions,
): Bucket {
    const { foundation, deletionProtection, versioning } = args;
    const key = bucketKey(name, args, opts);
    return new Bucket(
        name,
        {
            location: foundation.region,
            storageClass: "STANDARD",
            uniformBucketLevelAccess: true,
            publicAccessPrevention: "enforced",
            encryption: { defaultKmsKeyName: key.id },
            versioning: { enabled: versioning },
            softDeletePolicy: softDelete(versioning),
            lifecycleRules: lifecycle(args),
            cors: cors(args.corsOrigins),
            forceDestroy: false,
            deletionPolicy: deletionProtection ? "PREVENT" : "DELETE",
        },
        {
            ...opts,
            protect: deletionProtection,
            dependsOn: [
                foundation.onDemand.api("storage"),
                foundation.onDemand.storageAudit(),
                ...key.grants,
            ],
        },
    );
}
