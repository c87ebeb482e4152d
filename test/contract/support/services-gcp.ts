import type { CacheArgs } from "../../../components/contracts/cache.ts";
import type { DnsZoneArgs } from "../../../components/contracts/dns-zone.ts";
import type { EdgeArgs } from "../../../components/contracts/edge.ts";
import type { ObjectStoreArgs } from "../../../components/contracts/object-store.ts";
import type { SharedFilesArgs } from "../../../components/contracts/shared-files.ts";
import { GcpCluster } from "../../../components/gcp/cluster.ts";
import { GcpFoundation } from "../../../components/gcp/foundation.ts";
import { GcpNetwork } from "../../../components/gcp/network.ts";
import { GcpSecretStore } from "../../../components/gcp/secret-store.ts";
import { services } from "../../../components/gcp/services.ts";
import { baseArgs } from "./build.ts";
import { type Checks, type Honoured, at } from "./check.ts";
import type { ServiceArgs } from "./services.ts";

const BUCKET = "gcp:storage/bucket:Bucket";
const REDIS = "gcp:redis/instance:Instance";
const FILES = "gcp:filestore/instance:Instance";
const PLAN = "gcp:backupdisasterrecovery/backupPlan:BackupPlan";
const ZONE = "gcp:dns/managedZone:ManagedZone";
const ADDRESS = "gcp:compute/address:Address";
const SSL = "gcp:compute/sSLPolicy:SSLPolicy";
const FIREWALL = "gcp:compute/securityPolicy:SecurityPolicy";
const FLOODS = "gcp:compute/regionSecurityPolicy:RegionSecurityPolicy";
const LOGS = "gcp:logging/projectBucketConfig:ProjectBucketConfig";
const SINK = "gcp:logging/projectSink:ProjectSink";

const NUMBER = /^\d+$/;
const SWITCH = /^(?:true|false)$/;

/** What Google Cloud makes of each field of a contract. */
type Column<Args> = Readonly<Record<keyof Checks<Args>, Honoured>>;

/**
 * Where the arguments of the services land on Google Cloud. Changes are made as they usually are: protection and high
 * availability go on, gateways go from Envoy's to the cloud's, and a reach is added.
 */
export const gcpServices = {
    ObjectStore: {
        versioning: {
            lands: [
                at(BUCKET, "versioning.enabled", SWITCH),
                at(BUCKET, "softDeletePolicy.retentionDurationSeconds", NUMBER),
            ],
        },
        versionRetention: {
            lands: [at(BUCKET, "lifecycleRules[].condition.daysSinceNoncurrentTime", NUMBER)],
        },
        coolAfter: { lands: [at(BUCKET, "lifecycleRules[].condition.age", NUMBER)] },
        expireAfter: { lands: [at(BUCKET, "lifecycleRules[].condition.age", NUMBER)] },
        corsOrigins: { lands: [at(BUCKET, "cors[].origins[]", /^https:/)] },
        deletionProtection: {
            lands: [at(BUCKET, "deletionPolicy", "PREVENT"), at(BUCKET, "(protect)", true)],
        },
    },
    Cache: {
        size: { lands: [at(REDIS, "memorySizeGb", NUMBER)] },
        highAvailability: { lands: [at(REDIS, "tier", "STANDARD_HA")] },
        eviction: {
            lands: [
                at(REDIS, "redisConfigs.maxmemory-policy", /^(?:noeviction|allkeys-lru)$/),
                at(REDIS, "persistenceConfig.persistenceMode", /^(?:RDB|DISABLED)$/),
            ],
        },
        deletionProtection: {
            lands: [at(REDIS, "deletionProtection", true), at(REDIS, "(protect)", true)],
        },
    },
    SharedFiles: {
        highAvailability: { lands: [at(FILES, "tier", "REGIONAL")] },
        backupRetention: { lands: [at(PLAN, "backupRules[].backupRetentionDays", NUMBER)] },
        deletionProtection: {
            lands: [at(FILES, "deletionProtectionEnabled", true), at(FILES, "(protect)", true)],
        },
    },
    DnsZone: {
        domain: { lands: [at(ZONE, "dnsName", /\.$/)] },
        deletionProtection: {
            lands: [
                at(ZONE, "deletionPolicy", "PREVENT"),
                at(ZONE, "forceDestroy", false),
                at(ZONE, "(protect)", true),
            ],
        },
    },
    Edge: {
        gateway: { lands: [at(SSL, "(exists)", true)] },
        reaches: { lands: [at(ADDRESS, "(exists)", true)] },
        firewall: { lands: [at(FIREWALL, "(exists)", true)] },
        ddosProtection: {
            lands: [at(FLOODS, "ddosProtectionConfig.ddosProtection", "ADVANCED")],
        },
        // Only the cloud's own gateways write logs, and so these two need one to be seen.
        logRetention: { lands: [at(LOGS, "retentionDays", NUMBER)] },
        domain: { lands: [at(SINK, "filter", /requestUrl/)] },
    },
} as const satisfies {
    readonly ObjectStore: Column<ObjectStoreArgs>;
    readonly Cache: Column<CacheArgs>;
    readonly SharedFiles: Column<SharedFilesArgs>;
    readonly DnsZone: Column<DnsZoneArgs>;
    readonly Edge: Column<EdgeArgs>;
};

/** Makes each of Google Cloud's services once, on a site that has what they need, and grants what can be granted. */
export function buildServices(args: ServiceArgs, site = baseArgs("gcp"), name = "myapp-dev-one") {
    const foundation = new GcpFoundation(name, site.foundation);
    const opts = { providers: [...foundation.providers] };
    const network = new GcpNetwork(name, { ...site.network, foundation }, opts);
    const shared = { foundation, network };
    const secretStore = new GcpSecretStore(name, { ...site.secretStore, ...shared }, opts);
    const cluster = new GcpCluster(name, { ...site.cluster, ...shared }, opts);
    const { ObjectStore, Cache, SharedFiles, DnsZone, Edge } = services;

    const objectStore = new ObjectStore(
        `${name}-uploads`,
        { ...args.objectStore, ...shared },
        opts,
    );
    const cache = new Cache(`${name}-sessions`, { ...args.cache, ...shared, secretStore }, opts);
    const sharedFiles = new SharedFiles(`${name}-media`, { ...args.sharedFiles, ...shared }, opts);
    const dnsZone = new DnsZone(`${name}-zone`, { ...args.dnsZone, ...shared }, opts);
    const edge = new Edge(`${name}-edge`, { ...args.edge, ...shared }, opts);

    const identity = cluster.identity("web", { namespace: "web", serviceAccount: "web" });
    objectStore.grant(`${name}-web`, { cluster, identity, access: "write" });
    dnsZone.grant(`${name}-web-records`, { cluster, identity });
    return {
        foundation,
        network,
        secretStore,
        cluster,
        identity,
        objectStore,
        cache,
        sharedFiles,
        dnsZone,
        edge,
    };
}
