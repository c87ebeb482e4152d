import type * as pulumi from "@pulumi/pulumi";
import type { Days } from "../lib/units.ts";
import type { Cluster, WorkloadIdentity } from "./cluster.ts";
import type { Destination } from "./destination.ts";

/** What a workload may do with the objects of a store. */
export type ObjectAccess = "read" | "write";

/**
 * A private bucket for objects: encrypted (on AWS and Google Cloud with a key of the site's), reached over TLS only, never
 * public.
 *
 * S3 on AWS, a Blob container in a storage account of its own on Azure, Cloud Storage on Google Cloud.
 */
export interface ObjectStoreArgs {
    /** True if overwritten and deleted objects can be brought back. */
    readonly versioning: boolean;
    /** How long overwritten and deleted objects can be brought back, where `versioning` is on. */
    readonly versionRetention: Days;
    /** When objects move to a cheaper class that is meant for rare reads, counted from their creation: 30 days or more. @default - never */
    readonly coolAfter?: Days;
    /** When objects are deleted, counted from their creation. Later than `coolAfter`. @default - never */
    readonly expireAfter?: Days;
    /** Origins whose pages may read and write with signed addresses, like `https://shop.example.com`. Empty: none. */
    readonly corsOrigins: readonly string[];
    /** True if the cloud and Pulumi both refuse to delete the store with its objects. Switch it off in a step of its own. */
    readonly deletionProtection: boolean;
}

/** A bucket that stands. */
export interface ObjectStore<C extends Cluster = Cluster> extends pulumi.ComponentResource {
    /** The bucket's name, on Azure the container's. */
    readonly bucket: pulumi.Output<string>;
    /** Where its API answers: `https://s3.eu-central-1.amazonaws.com`, `https://<account>.blob.core.windows.net`, `https://storage.googleapis.com`. */
    readonly endpoint: pulumi.Output<string>;
    /** Where pods have to be let out to, to reach it. */
    readonly destinations: readonly Destination[];
    /**
     * Lets a workload use the objects, with its own cloud identity and no stored key. `write` includes reading and deleting.
     *
     * Returns the grants, which pods have to wait for.
     */
    grant(
        name: string,
        args: {
            readonly cluster: C;
            readonly identity: WorkloadIdentity;
            readonly access: ObjectAccess;
        },
        opts?: pulumi.CustomResourceOptions,
    ): readonly pulumi.Resource[];
}
