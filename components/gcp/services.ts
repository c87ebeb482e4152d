import type { CloudServices } from "../contracts/services.ts";
import { GcpCache } from "./cache.ts";
import type { GcpCluster } from "./cluster.ts";
import { GcpDnsZone } from "./dns-zone.ts";
import { GcpEdge } from "./edge.ts";
import type { GcpFoundation } from "./foundation.ts";
import type { GcpNetwork } from "./network.ts";
import { GcpObjectStore } from "./object-store.ts";
import type { GcpSecretStore } from "./secret-store.ts";
import { GcpSharedFiles } from "./shared-files.ts";

/** The data services of Google Cloud, and its part of the way in. */
export const services = {
    ObjectStore: GcpObjectStore,
    Cache: GcpCache,
    SharedFiles: GcpSharedFiles,
    DnsZone: GcpDnsZone,
    Edge: GcpEdge,
} as const satisfies CloudServices<GcpFoundation, GcpNetwork, GcpCluster, GcpSecretStore>;
