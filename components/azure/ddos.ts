import { PublicIPAddress } from "@pulumi/azure-native/network/publicIPAddress.js";
import { ResourceGroup } from "@pulumi/azure-native/resources/resourceGroup.js";
import type * as pulumi from "@pulumi/pulumi";
import { ZONES } from "./addresses.ts";
import type { AzureCluster } from "./cluster.ts";
import type { AzureFoundation } from "./foundation.ts";
import { grant } from "./roles.ts";

/** A public address that AKS's load balancer takes, and the group that it finds it in. */
export interface ProtectedAddress {
    readonly name: pulumi.Output<string>;
    readonly resourceGroup: pulumi.Output<string>;
    readonly ready: readonly pulumi.Resource[];
}

/**
 * A public address in all zones with Azure's DDoS IP Protection, which costs some 200 USD a month.
 *
 * It lies in a resource group of its own: AKS looks for addresses by listing a group, and may do in this one what it likes.
 *
 * @see https://learn.microsoft.com/azure/ddos-protection/ddos-protection-sku-comparison
 * @see https://learn.microsoft.com/azure/aks/static-ip
 */
export function makeProtectedAddress(
    name: string,
    { foundation, cluster }: { foundation: AzureFoundation; cluster: AzureCluster },
    opts: pulumi.CustomResourceOptions,
): ProtectedAddress {
    const { region: location, tags } = foundation;
    const group = new ResourceGroup(name, { location, tags }, opts);
    const address = new PublicIPAddress(
        name,
        {
            resourceGroupName: group.name,
            location,
            zones: [...ZONES],
            sku: { name: "Standard", tier: "Regional" },
            publicIPAllocationMethod: "Static",
            publicIPAddressVersion: "IPv4",
            ddosSettings: { protectionMode: "Enabled" },
            tags,
        },
        opts,
    );
    const use = grant(
        name,
        {
            foundation,
            role: "networkContributor",
            principalId: cluster.controlPlanePrincipalId,
            principalType: "ServicePrincipal",
            scope: group.id,
        },
        opts,
    );
    return { name: address.name, resourceGroup: group.name, ready: [address, use] };
}
