import type { CacheSize } from "../contracts/cache.ts";
import type { NodeSize } from "../contracts/cluster.ts";
import type { DatabaseSize } from "../contracts/database.ts";

/**
 * The virtual machine of each node size. All of them support encryption at host.
 *
 * @see https://learn.microsoft.com/azure/virtual-machines/sizes/overview
 */
export const NODE_SKUS: Readonly<Record<NodeSize, string>> = {
    small: "Standard_B2ls_v2",
    medium: "Standard_D2s_v5",
    large: "Standard_D4s_v5",
    xlarge: "Standard_D8s_v5",
    "2xlarge": "Standard_D16s_v5",
};

/** Sizes that Azure does not sell as spare capacity: it has no spot price for burstable machines. */
export const NO_SPOT_SIZES: readonly NodeSize[] = ["small"];

/** A compute size of PostgreSQL Flexible Server. */
export interface DatabaseSku {
    readonly name: string;
    readonly tier: "Burstable" | "GeneralPurpose";
}

/**
 * The compute size of each database size. Burstable ones cannot have a standby.
 *
 * @see https://learn.microsoft.com/azure/postgresql/flexible-server/concepts-compute
 */
const DATABASE_SKUS: Readonly<Record<DatabaseSize, DatabaseSku>> = {
    micro: { name: "Standard_B1ms", tier: "Burstable" },
    small: { name: "Standard_B2s", tier: "Burstable" },
    medium: { name: "Standard_D2ds_v5", tier: "GeneralPurpose" },
    large: { name: "Standard_D4ds_v5", tier: "GeneralPurpose" },
    xlarge: { name: "Standard_D8ds_v5", tier: "GeneralPurpose" },
};

/** Regions that sell PostgreSQL on the fourth generation of these machines, and not on the fifth. */
const FOURTH_GENERATION: readonly string[] = [
    "eastus2",
    "israelcentral",
    "japaneast",
    "mexicocentral",
    "polandcentral",
    "qatarcentral",
    "southcentralus",
    "southeastasia",
    "spaincentral",
    "westus2",
];

/**
 * The compute size of a database in a region.
 *
 * @see https://learn.microsoft.com/azure/postgresql/flexible-server/overview#azure-regions
 */
export function databaseSku(size: DatabaseSize, region: string): DatabaseSku {
    const { name, tier } = DATABASE_SKUS[size];
    return { name: FOURTH_GENERATION.includes(region) ? name.replace(/_v5$/, "_v4") : name, tier };
}

/**
 * Regions in which PostgreSQL's backups cannot be copied to another region, mostly for want of a partner region.
 *
 * @see https://learn.microsoft.com/azure/postgresql/flexible-server/overview#azure-regions
 */
export const NO_DISTANT_BACKUPS: readonly string[] = [
    "austriaeast",
    "belgiumcentral",
    "brazilsouth",
    "chilecentral",
    "indonesiacentral",
    "israelcentral",
    "italynorth",
    "malaysiawest",
    "mexicocentral",
    "newzealandnorth",
    "polandcentral",
    "qatarcentral",
    "spaincentral",
    "westus3",
];

/**
 * The class of each cache size: 1, 6 and 12 GB, of which Azure keeps a fifth for itself.
 *
 * @see https://learn.microsoft.com/azure/redis/architecture#sharding-configuration
 */
export const CACHE_SKUS: Readonly<Record<CacheSize, string>> = {
    small: "Balanced_B1",
    medium: "Balanced_B5",
    large: "Balanced_B10",
};
