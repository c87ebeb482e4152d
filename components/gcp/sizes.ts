import type { CacheSize } from "../contracts/cache.ts";
import type { NodeSize } from "../contracts/cluster.ts";
import type { DatabaseSize } from "../contracts/database.ts";

/**
 * Machine types of the nodes: E2, Google's general-purpose family without a commitment, in every zone.
 *
 * @see https://docs.cloud.google.com/compute/docs/general-purpose-machines#e2_machine_types
 */
export const MACHINE_TYPES: Readonly<Record<NodeSize, string>> = {
    small: "e2-medium",
    medium: "e2-standard-2",
    large: "e2-standard-4",
    xlarge: "e2-standard-8",
    "2xlarge": "e2-standard-16",
};

/** Cloud SQL's editions: what an instance may be, and how far back it can be recovered. */
export type Edition = "ENTERPRISE" | "ENTERPRISE_PLUS";

/**
 * Tiers of the databases by edition. Cloud SQL's smallest shared-core tier, `db-f1-micro`, has 0.6 GiB, less than
 * the contract's 1 GiB, so `micro` is the next one. Enterprise Plus has no shared core and nothing below 16 GiB.
 *
 * @see https://docs.cloud.google.com/sql/docs/postgres/machine-series-overview
 */
export const TIERS: Readonly<Record<Edition, Readonly<Partial<Record<DatabaseSize, string>>>>> = {
    ENTERPRISE: {
        micro: "db-g1-small",
        small: "db-custom-2-4096",
        medium: "db-custom-2-8192",
        large: "db-custom-4-16384",
        xlarge: "db-custom-8-32768",
    },
    ENTERPRISE_PLUS: {
        medium: "db-perf-optimized-N-2",
        large: "db-perf-optimized-N-4",
        xlarge: "db-perf-optimized-N-8",
    },
};

/** How many days back an instance of the edition can be recovered to a point in time. */
export const RECOVERY_DAYS: Readonly<Record<Edition, number>> = {
    ENTERPRISE: 7,
    ENTERPRISE_PLUS: 35,
};

/** The cheapest edition that can recover to any point of the last so many days. */
export function editionFor(days: number): Edition {
    return days <= RECOVERY_DAYS.ENTERPRISE ? "ENTERPRISE" : "ENTERPRISE_PLUS";
}

/** The memory of a cache in GiB, which Memorystore sells by itself: the least of each size, for it is paid by GiB. */
export const CACHE_MEMORY: Readonly<Record<CacheSize, number>> = { small: 1, medium: 5, large: 12 };
