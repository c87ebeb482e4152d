import type { Cloud } from "../contracts/cloud.ts";
import { GcpCluster } from "./cluster.ts";
import { GcpDatabase } from "./database.ts";
import { GcpFoundation } from "./foundation.ts";
import { GcpNetwork } from "./network.ts";
import { GcpRegistry } from "./registry.ts";
import { GcpSecretStore } from "./secret-store.ts";

/** Google Cloud. */
export const gcp = {
    name: "gcp",
    Foundation: GcpFoundation,
    Network: GcpNetwork,
    Cluster: GcpCluster,
    SecretStore: GcpSecretStore,
    Database: GcpDatabase,
    Registry: GcpRegistry,
} as const satisfies Cloud<GcpFoundation, GcpNetwork, GcpCluster, GcpSecretStore>;
