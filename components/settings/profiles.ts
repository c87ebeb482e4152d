import type { CloudName } from "../contracts/cloud.ts";
import type { Overrides, RawDatabase, RawNodePool, RawRegistry } from "./schema.ts";
import type { Environment } from "./types.ts";

/** A layer of defaults: for the fixed sections, and for every entry that the user names. */
export interface Defaults {
    readonly sections: Pick<Overrides, "network" | "cluster" | "apiAccess" | "secretStore">;
    readonly nodePool: RawNodePool;
    readonly database: RawDatabase;
    readonly registry: RawRegistry;
}

/** The node pools of a stack that names none. */
export const DEFAULT_POOLS = ["workers"] as const;

/** The project of a stack that names none (G1.3). */
export const DEFAULT_PROJECT = "myapp";

/** What holds in every environment unless its profile says otherwise. */
export const DEFAULTS = {
    sections: {
        network: { highAvailability: false, privateEndpoints: false, logRetention: "30 days" },
        cluster: {
            version: "1.36",
            highAvailability: false,
            deletionProtection: false,
            logRetention: "30 days",
        },
        // The safe choice first: nobody reaches the API from outside until the stack says who may (G1.19).
        apiAccess: { cidrs: [], administrators: [] },
        secretStore: { recoverable: false, deletionProtection: false },
    },
    nodePool: {
        size: "medium",
        min: 1,
        max: 3,
        spot: false,
        labels: {},
        taints: [],
        disk: "50 GiB",
    },
    database: {
        version: "17",
        size: "small",
        storage: "20 GiB",
        storageAutoGrow: true,
        highAvailability: false,
        backupRetention: "7 days",
        finalBackup: false,
        deletionProtection: false,
        databaseName: "app",
        username: "dbadmin",
    },
    registry: { immutableTags: true, keepImages: 30, deletionProtection: false },
} as const satisfies Defaults;

/** A profile says only what differs. */
type Profile = {
    readonly [K in keyof Defaults]: Partial<Defaults[K]>;
};

/**
 * What each environment changes.
 *
 * dev is small and cheap and may be thrown away; staging is sized like prod's little sister, so that releases are tried
 * on the same kinds of nodes, and may be thrown away too; prod survives the loss of a zone, keeps what it holds and is
 * closed (G1.62, G1.63).
 */
export const PROFILES = {
    dev: {
        sections: {},
        nodePool: {},
        database: { size: "micro" },
        // Images are overwritten while one develops (D30).
        registry: { immutableTags: false, keepImages: 10 },
    },
    staging: {
        sections: {},
        nodePool: { min: 2, max: 5 },
        database: {},
        registry: {},
    },
    prod: {
        sections: {
            network: { highAvailability: true, privateEndpoints: true, logRetention: "365 days" },
            cluster: { highAvailability: true, deletionProtection: true, logRetention: "365 days" },
            secretStore: { recoverable: true, deletionProtection: true },
        },
        nodePool: { size: "large", min: 3, max: 10, disk: "100 GiB" },
        database: {
            size: "medium",
            storage: "100 GiB",
            highAvailability: true,
            finalBackup: true,
            deletionProtection: true,
        },
        registry: { keepImages: 100, deletionProtection: true },
    },
} as const satisfies Record<Environment, Profile>;

/**
 * What a cloud's own sizes make of a default.
 *
 * Azure sells database storage in steps from 32 GiB (G1.43).
 */
export const CLOUD_DATABASE: Record<CloudName, Record<Environment, RawDatabase>> = {
    aws: { dev: {}, staging: {}, prod: {} },
    azure: {
        dev: { storage: "32 GiB" },
        staging: { storage: "32 GiB" },
        prod: { storage: "128 GiB" },
    },
    gcp: { dev: {}, staging: {}, prod: {} },
};

/**
 * How many times the first storage a database may grow to, where the cloud can cap it: from 20 to 100 GiB, in prod from
 * 100 to 1000 (G1.26).
 */
export const GROWTH: Record<Environment, number> = { dev: 5, staging: 5, prod: 10 };
