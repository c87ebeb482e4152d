import type * as pulumi from "@pulumi/pulumi";
import type { Destination } from "./destination.ts";
import type { SecretReference } from "./secret-store.ts";

/**
 * The memory of a cache, in GiB. Each cloud has a table with its class (`sizes.ts`).
 *
 * | size | memory |
 * |---|---|
 * | small | 1 |
 * | medium | 5 to 6 |
 * | large | 12 to 13 |
 */
export type CacheSize = "small" | "medium" | "large";

/** All cache sizes, smallest first. */
export const CACHE_SIZES = ["small", "medium", "large"] as const satisfies CacheSize[];

/** What happens when the memory is full: the least recently used keys go (a cache), or writes fail (a store). */
export type Eviction = "least-recently-used" | "none";

/**
 * A managed cache that speaks the Redis protocol, reachable only from the site's nodes, only over TLS and with a
 * password.
 *
 * ElastiCache for Valkey on AWS, Azure Managed Redis on Azure, Memorystore for Redis on Google Cloud. What they have in
 * common is Redis 7.2's commands without cluster mode.
 */
export interface CacheArgs {
    /** Changing it may drop what the cache holds on Azure and Google Cloud. */
    readonly size: CacheSize;
    /** True if a replica in another zone takes over when the node or its zone is lost. */
    readonly highAvailability: boolean;
    /** What happens when the memory is full. */
    readonly eviction: Eviction;
    /** True if Pulumi refuses to delete the cache. Switch it off in a step of its own. */
    readonly deletionProtection: boolean;
}

/** The fields of the document that every cache puts into the secret store. `url` is `rediss://…` with the password in it. */
export const CACHE_FIELDS = ["host", "port", "password", "url"] as const;

/**
 * One field more where the certificate is signed by an authority that no image knows (on Google Cloud and in the
 * cluster): that authority, as PEM. Where it is missing, clients keep to what their image trusts.
 */
export const CACHE_AUTHORITY = "ca";

/** A cache that stands, on a cloud or in the cluster. */
export interface Cache extends pulumi.Resource {
    /** Where its address, its port and its password stand, by the fields of `CACHE_FIELDS`, and perhaps its authority. */
    readonly credentials: SecretReference;
    /** Where pods have to be let out to, to reach it. */
    readonly destinations: readonly Destination[];
}
