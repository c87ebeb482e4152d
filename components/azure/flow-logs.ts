import type * as pulumi from "@pulumi/pulumi";
import { FlowLog } from "@pulumi/azure-native/network/flowLog.js";
import type { VirtualNetwork } from "@pulumi/azure-native/network/virtualNetwork.js";
import { StorageAccount } from "@pulumi/azure-native/storage/storageAccount.js";
import { compose, shortHash } from "../lib/names.ts";
import { amount, type Days } from "../lib/units.ts";
import type { AzureFoundation } from "./foundation.ts";
import { STORAGE_ACCOUNT } from "./limits.ts";

export interface FlowLogsArgs {
    readonly foundation: AzureFoundation;
    readonly opts: pulumi.CustomResourceOptions;
    readonly network: VirtualNetwork;
    readonly retention: Days;
}

/**
 * Records the network's traffic. Logs of virtual networks, since those of security groups are retired.
 *
 * @see https://learn.microsoft.com/azure/network-watcher/vnet-flow-logs-overview
 */
export function makeFlowLogs(name: string, args: FlowLogsArgs): void {
    const { foundation, network, opts } = args;
    const storage = makeStorage(name, foundation, opts);
    new FlowLog(
        name,
        {
            // Azure makes one watcher per region and subscription, in this place; a second one is refused.
            resourceGroupName: "NetworkWatcherRG",
            networkWatcherName: `NetworkWatcher_${foundation.region}`,
            location: foundation.region,
            targetResourceId: network.id,
            storageId: storage.id,
            enabled: true,
            format: { type: "JSON", version: 2 },
            retentionPolicy: { enabled: true, days: amount(args.retention) },
            tags: foundation.tags,
        },
        // Azure keeps a flow log with its network, and the provider does not know.
        { ...opts, replaceOnChanges: ["targetResourceId"] },
    );
}

function makeStorage(
    name: string,
    foundation: AzureFoundation,
    opts: pulumi.CustomResourceOptions,
): StorageAccount {
    return new StorageAccount(
        `${name}-flows`,
        {
            accountName: compose(
                STORAGE_ACCOUNT,
                name,
                shortHash(`${foundation.subscriptionId}/${foundation.region}`),
            ),
            resourceGroupName: foundation.resourceGroupName,
            location: foundation.region,
            kind: "StorageV2",
            sku: { name: "Standard_ZRS" },
            minimumTlsVersion: "TLS1_2",
            enableHttpsTrafficOnly: true,
            allowBlobPublicAccess: false,
            allowCrossTenantReplication: false,
            // Network Watcher writes with the account's key, so the key stays valid; people are sent past it.
            defaultToOAuthAuthentication: true,
            // Network Watcher, a service that Azure trusts, is let through.
            networkRuleSet: { defaultAction: "Deny", bypass: "AzureServices" },
            tags: foundation.tags,
        },
        { ...opts, deleteBeforeReplace: true },
    );
}
