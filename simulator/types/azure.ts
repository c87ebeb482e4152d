/**
 * Microsoft Azure, as the azure-native provider sees it.
 *
 * @see https://www.pulumi.com/registry/packages/azure-native/
 */
import { UNKNOWN, type InvokeRule, type Provider } from "../table.ts";
import { refusal, TENANT_ID, text } from "./azure/arm.ts";
import { CACHE_TYPES, databaseKeys } from "./azure/cache.ts";
import { CLUSTER_TYPES, userCredentials } from "./azure/cluster.ts";
import { COMMON } from "./azure/common.ts";
import { DATA_TYPES } from "./azure/data.ts";
import { EDGE_TYPES } from "./azure/edge.ts";
import { NETWORK_TYPES } from "./azure/network.ts";
import { ROLE_TYPES } from "./azure/roles.ts";
import { STORAGE_TYPES } from "./azure/storage.ts";
import { WORKFLOW_TYPES } from "./azure/workflow.ts";

/** Who is logged in. */
const clientConfig: InvokeRule = (_args, scope) => ({
    clientId: "04b07795-8ddb-461a-bbee-02f9e1bf7b46",
    objectId: "b6a2c1d0-5e4f-4a3b-8c2d-1e0f9a8b7c6d",
    subscriptionId: scope.account,
    tenantId: TENANT_ID,
});

/** Microsoft Azure. */
export const azure: Provider = {
    name: "azure-native",
    scope: (config) => ({
        account: text(config, "subscriptionId"),
        region: text(config, "location"),
    }),
    checkConfig(config) {
        const id = text(config, "subscriptionId");
        if (id === UNKNOWN || /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)) return [];
        const message = `The provided subscription identifier '${id}' is malformed or invalid.`;
        return [refusal("InvalidSubscriptionId", message, "subscriptionId")];
    },
    types: {
        ...COMMON,
        ...ROLE_TYPES,
        ...NETWORK_TYPES,
        ...CLUSTER_TYPES,
        ...DATA_TYPES,
        ...STORAGE_TYPES,
        ...CACHE_TYPES,
        ...WORKFLOW_TYPES,
        ...EDGE_TYPES,
    },
    invokes: {
        "azure-native:authorization:getClientConfig": clientConfig,
        "azure-native:containerservice:listManagedClusterUserCredentials": userCredentials,
        "azure-native:redisenterprise:listDatabaseKeys": databaseKeys,
    },
};
