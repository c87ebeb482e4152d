import type { CloudServices } from "../contracts/services.ts";
import { AzureCache } from "./cache.ts";
import type { AzureCluster } from "./cluster.ts";
import { AzureDnsZone } from "./dns-zone.ts";
import { AzureEdge } from "./edge.ts";
import type { AzureFoundation } from "./foundation.ts";
import type { AzureNetwork } from "./network.ts";
import { AzureObjectStore } from "./object-store.ts";
import type { AzureSecretStore } from "./secret-store.ts";
import { AzureSharedFiles } from "./shared-files.ts";

/** The data services and the way in on Microsoft Azure. */
export const services = {
    ObjectStore: AzureObjectStore,
    Cache: AzureCache,
    SharedFiles: AzureSharedFiles,
    DnsZone: AzureDnsZone,
    Edge: AzureEdge,
} satisfies CloudServices<AzureFoundation, AzureNetwork, AzureCluster, AzureSecretStore>;
