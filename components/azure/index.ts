import type { Cloud } from "../contracts/cloud.ts";
import { AzureCluster } from "./cluster.ts";
import { AzureDatabase } from "./database.ts";
import { AzureFoundation } from "./foundation.ts";
import { AzureNetwork } from "./network.ts";
import { AzureRegistry } from "./registry.ts";
import { AzureSecretStore } from "./secret-store.ts";

/** The contracts on Microsoft Azure. */
export const azure = {
    name: "azure",
    Foundation: AzureFoundation,
    Network: AzureNetwork,
    Cluster: AzureCluster,
    SecretStore: AzureSecretStore,
    Database: AzureDatabase,
    Registry: AzureRegistry,
} satisfies Cloud<AzureFoundation, AzureNetwork, AzureCluster, AzureSecretStore>;
