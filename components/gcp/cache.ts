import * as pulumi from "@pulumi/pulumi";
import { Instance } from "@pulumi/gcp/redis/instance.js";
import type { input } from "@pulumi/gcp/types/index.js";
import {
    CACHE_AUTHORITY,
    type CACHE_FIELDS,
    type Cache,
    type CacheArgs,
    type Eviction,
} from "../contracts/cache.ts";
import { DATABASE_MAINTENANCE } from "../contracts/database.ts";
import type { Destination } from "../contracts/destination.ts";
import type { SecretReference } from "../contracts/secret-store.ts";
import { refuse } from "../lib/errors.ts";
import { compose } from "../lib/names.ts";
import type { GcpFoundation } from "./foundation.ts";
import { type EncryptionKey, encryptionKey } from "./kms.ts";
import { GCP_SERVICE_LIMITS } from "./limits.ts";
import type { GcpNetwork } from "./network.ts";
import { checkServicesRoom } from "./private-services.ts";
import type { GcpSecretStore } from "./secret-store.ts";
import { CACHE_MEMORY } from "./sizes.ts";

export interface GcpCacheArgs extends CacheArgs {
    readonly foundation: GcpFoundation;
    readonly network: GcpNetwork;
    readonly secretStore: GcpSecretStore;
}

/** Where Memorystore listens for TLS. */
const TLS_PORT = 6378;

/**
 * A Memorystore instance for Redis 7.2 with a private address only, TLS only, a password that Google makes, and the
 * customer's key for what it writes down.
 *
 * Its certificate is signed by an authority of its own, which clients have to trust: the field `ca` of the document. It
 * names the address in its common name, which current clients no longer read, so those that compare names (Node.js, Go,
 * Java) have to be told to trust the authority alone; it signs for this instance only.
 * Google announces a new one years ahead; the next `up` after a refresh adds it.
 *
 * A store (`eviction: none`) writes a snapshot every six hours and has it back after a failure; a cache begins empty.
 * Changing the size of one that is not highly available empties it, and switching high availability replaces it.
 *
 * Costs about 36 USD a month for the smallest in one zone, 47 USD highly available, and 0.06 USD for the key.
 */
export class GcpCache extends pulumi.ComponentResource implements Cache {
    readonly credentials: SecretReference;
    readonly destinations: readonly Destination[];
    /** The instance itself. */
    readonly resource: Instance;

    constructor(name: string, args: GcpCacheArgs, opts?: pulumi.ComponentResourceOptions) {
        super("platform:gcp:Cache", name, {}, opts);
        const { network, secretStore } = args;
        refuse(this, name, checkServicesRoom(network));
        const within = { parent: this };
        this.destinations = [{ cidrs: [network.ranges.databases], ports: [TLS_PORT] }];
        this.resource = makeInstance(name, args, within);
        this.credentials = secretStore.put(
            `${name}-credentials`,
            credentialsDocument(this.resource),
            within,
        );
        this.registerOutputs({ host: this.resource.host });
    }
}

function credentialsDocument(
    instance: Instance,
): Readonly<Record<(typeof CACHE_FIELDS)[number] | typeof CACHE_AUTHORITY, pulumi.Input<string>>> {
    const { host, authString: password, serverCaCerts } = instance;
    return {
        host,
        port: String(TLS_PORT),
        password,
        url: pulumi.interpolate`rediss://:${password}@${host}:${TLS_PORT}`,
        // Two while one takes over from the other.
        [CACHE_AUTHORITY]: serverCaCerts.apply((certificates) =>
            certificates.map(({ cert }) => cert).join("\n"),
        ),
    };
}

/** Redis' words for what goes first when the memory is full. */
const POLICIES: Readonly<Record<Eviction, string>> = {
    "least-recently-used": "allkeys-lru",
    none: "noeviction",
};

function persistence(eviction: Eviction): input.redis.InstancePersistenceConfig {
    return eviction === "none"
        ? { persistenceMode: "RDB", rdbSnapshotPeriod: "SIX_HOURS" }
        : { persistenceMode: "DISABLED" };
}

/** The same hour as the databases'. */
const MAINTENANCE: input.redis.InstanceMaintenancePolicy = {
    weeklyMaintenanceWindows: [
        {
            day: DATABASE_MAINTENANCE.day.toUpperCase(),
            startTime: { hours: DATABASE_MAINTENANCE.hour, minutes: 0, seconds: 0, nanos: 0 },
        },
    ],
};

function cacheKey(
    name: string,
    { foundation, deletionProtection }: GcpCacheArgs,
    opts: pulumi.CustomResourceOptions,
): EncryptionKey {
    const users = { redis: foundation.onDemand.redisAgent() };
    return encryptionKey(`${name}-key`, { foundation, users, deletionProtection }, opts);
}

function makeInstance(
    name: string,
    args: GcpCacheArgs,
    opts: pulumi.CustomResourceOptions,
): Instance {
    const { foundation, network, deletionProtection } = args;
    const { connection, range } = network.databaseAccess;
    const key = cacheKey(name, args, opts);
    return new Instance(
        name,
        {
            name: compose(GCP_SERVICE_LIMITS.names.cache, name),
            region: foundation.region,
            // Where a cluster of one zone lies. The second zone of a highly available one is Google's choice.
            locationId: `${foundation.region}-b`,
            tier: args.highAvailability ? "STANDARD_HA" : "BASIC",
            memorySizeGb: CACHE_MEMORY[args.size],
            redisVersion: "REDIS_7_2",
            redisConfigs: { "maxmemory-policy": POLICIES[args.eviction] },
            readReplicasMode: "READ_REPLICAS_DISABLED",
            authEnabled: true,
            transitEncryptionMode: "SERVER_AUTHENTICATION",
            customerManagedKey: key.id,
            connectMode: "PRIVATE_SERVICE_ACCESS",
            authorizedNetwork: network.networkId,
            reservedIpRange: range.name,
            persistenceConfig: persistence(args.eviction),
            maintenancePolicy: MAINTENANCE,
            deletionProtection,
        },
        {
            ...opts,
            protect: deletionProtection,
            // Its name can only be taken once.
            deleteBeforeReplace: true,
            dependsOn: [foundation.onDemand.api("redis"), connection, ...key.grants],
        },
    );
}
