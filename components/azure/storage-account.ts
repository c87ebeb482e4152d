import type { StorageAccountArgs } from "@pulumi/azure-native/storage/storageAccount.js";
import { compose, shortHash } from "../lib/names.ts";
import type { AzureFoundation } from "./foundation.ts";
import { STORAGE_ACCOUNT } from "./limits.ts";
import type { AzureNetwork } from "./network.ts";

export interface DataAccountArgs {
    readonly foundation: AzureFoundation;
    readonly network: AzureNetwork;
    readonly service: "objectStore" | "sharedFiles";
}

/**
 * What the storage accounts for data have in common: TLS only, identities instead of account keys, nothing public, and
 * no way in but private endpoints, or the nodes' subnets where the network has none.
 *
 * The name, unique in all of Azure, is made of the component's and a hash of what tells it apart, the hyphens in that name
 * included: an account's name has none, and two stores must never become one account.
 */
export function dataAccount(name: string, { foundation, network, service }: DataAccountArgs) {
    const whole = `${foundation.subscriptionId}/${foundation.region}/${service}/${name}`;
    return {
        accountName: compose(STORAGE_ACCOUNT, name, shortHash(whole)),
        resourceGroupName: foundation.resourceGroupName,
        location: foundation.region,
        minimumTlsVersion: "TLS1_2",
        enableHttpsTrafficOnly: true,
        allowBlobPublicAccess: false,
        allowSharedKeyAccess: false,
        defaultToOAuthAuthentication: true,
        allowCrossTenantReplication: false,
        ...networkAccess(network, service),
        tags: foundation.tags,
    } satisfies Partial<StorageAccountArgs>;
}

function networkAccess(network: AzureNetwork, service: DataAccountArgs["service"]) {
    const closed = network.privateZone(service) !== undefined;
    const subnets = closed ? [] : Object.values(network.nodeSubnetIds);
    return {
        publicNetworkAccess: closed ? "Disabled" : "Enabled",
        networkRuleSet: {
            defaultAction: "Deny" as const,
            bypass: "AzureServices",
            virtualNetworkRules: subnets.map((virtualNetworkResourceId) => ({
                virtualNetworkResourceId,
                action: "Allow" as const,
            })),
        },
    };
}
