import type * as pulumi from "@pulumi/pulumi";
import type { VirtualNetwork } from "@pulumi/azure-native/network/virtualNetwork.js";
import { PrivateZone } from "@pulumi/azure-native/privatedns/privateZone.js";
import { VirtualNetworkLink } from "@pulumi/azure-native/privatedns/virtualNetworkLink.js";
import type { AzureFoundation } from "./foundation.ts";

/** Private DNS lives in no region. */
const LOCATION = "global";

/** A private DNS zone that the network's machines ask. Its name is unique in the resource group only. */
export function linkedZone(
    name: string,
    role: string,
    zoneName: string,
    network: VirtualNetwork,
    scope: { readonly foundation: AzureFoundation; readonly opts: pulumi.CustomResourceOptions },
) {
    const { foundation, opts } = scope;
    const common = {
        resourceGroupName: foundation.resourceGroupName,
        location: LOCATION,
        tags: foundation.tags,
    };
    const zone = new PrivateZone(
        `${name}-${role}`,
        { ...common, privateZoneName: zoneName },
        { ...opts, deleteBeforeReplace: true },
    );
    const link = new VirtualNetworkLink(
        `${name}-${role}`,
        {
            ...common,
            privateZoneName: zone.name,
            virtualNetwork: { id: network.id },
            registrationEnabled: false,
        },
        // Azure keeps a link with its network, and the provider does not know.
        { ...opts, replaceOnChanges: ["virtualNetwork.id"] },
    );
    return { zone, link };
}
