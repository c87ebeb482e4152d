import type { RawServices } from "./schema.ts";
import type { Environment } from "./types.ts";

/** Defaults of the services that a site may have, for every entry that the user names. */
export const SERVICE_DEFAULTS = {
    objectStores: {
        versioning: true,
        versionRetention: "30 days",
        corsOrigins: [],
        deletionProtection: false,
    },
    caches: {
        placement: "cloud",
        size: "small",
        highAvailability: false,
        eviction: "least-recently-used",
        deletionProtection: false,
    },
    queues: {
        replicas: 1,
        storage: "20 GiB",
        resources: { cpu: "250m", memory: "1Gi" },
        backupRetention: "none",
        deletionProtection: false,
    },
    streams: {
        brokers: 1,
        storage: "100 GiB",
        resources: { cpu: "500m", memory: "2Gi" },
        topics: {},
        backupRetention: "none",
        deletionProtection: false,
    },
    searches: {
        nodes: 1,
        storage: "50 GiB",
        resources: { cpu: "500m", memory: "2Gi" },
        deletionProtection: false,
    },
    sharedFiles: {
        highAvailability: false,
        backupRetention: "7 days",
        deletionProtection: false,
    },
} as const satisfies RawServices;

/** What prod changes: three of each over the zones, protected, with daily backups. */
const PROD = {
    objectStores: { deletionProtection: true, versionRetention: "90 days" },
    caches: { size: "medium", highAvailability: true, deletionProtection: true },
    queues: { replicas: 3, backupRetention: "7 days", deletionProtection: true },
    streams: { brokers: 3, backupRetention: "7 days", deletionProtection: true },
    searches: { nodes: 3, storage: "100 GiB", deletionProtection: true },
    sharedFiles: { highAvailability: true, backupRetention: "30 days", deletionProtection: true },
} as const satisfies RawServices;

/** What each environment changes. In dev a cache is pods: nothing is bought for an hour's trial. */
export const SERVICE_PROFILES: Readonly<Record<Environment, RawServices>> = {
    dev: { caches: { placement: "cluster" } },
    staging: {},
    prod: PROD,
};

/** A topic that says nothing (G7.12): a week, over 6 partitions. */
export const TOPIC = { partitions: 6, retention: "7 days", cleanup: "delete" } as const;

/** Snapshots of a search cluster, where it has some. */
export const SEARCH_BACKUP = { retention: "30 days" } as const;

/** Each pod's volume of a cache in the cluster (P24). */
export const CACHE_STORAGE = "10 GiB";

/** The way in: without a domain nobody but a private authority signs. */
export function gatewayDefaults(hasDomain: boolean) {
    const certificates = hasDomain ? "letsencrypt-staging" : "private";
    return {
        kind: "envoy",
        zone: hasDomain,
        certificates,
        firewall: false,
        ddosProtection: "standard",
    };
}

/** Prod is for browsers; elsewhere the limits of Let's Encrypt are not worth it (G3.21). */
export function gatewayProfile(environment: Environment, hasDomain: boolean) {
    return environment === "prod" && hasDomain ? { certificates: "letsencrypt" } : {};
}

/** How long metrics are kept, and the room for them (G4.1, G12.12). */
export const MONITORING: Readonly<Record<Environment, { retention: string; storage: string }>> = {
    dev: { retention: "7 days", storage: "20 GiB" },
    staging: { retention: "15 days", storage: "50 GiB" },
    prod: { retention: "30 days", storage: "100 GiB" },
};
