import type * as pulumi from "@pulumi/pulumi";
import { PrivateDnsZoneGroup } from "@pulumi/azure-native/network/privateDnsZoneGroup.js";
import { PrivateEndpoint } from "@pulumi/azure-native/network/privateEndpoint.js";
import type { AzureFoundation } from "./foundation.ts";
import type { AzureNetwork } from "./network.ts";
import type { PrivateService } from "./private-zones.ts";

/** What an endpoint stands for. */
export interface PrivateLinkArgs {
    readonly foundation: AzureFoundation;
    readonly network: AzureNetwork;
    readonly service: PrivateService;
    /** The registry, vault, storage account or cache. */
    readonly target: pulumi.CustomResource;
}

/** The part of the service that an endpoint leads to. */
const GROUP_IDS: Readonly<Record<PrivateService, string>> = {
    registry: "registry",
    secretStore: "vault",
    objectStore: "blob",
    sharedFiles: "file",
    cache: "redisEnterprise",
};

/**
 * Gives a service an address in the network, and its usual name in the network's DNS. Where the network has no zone for
 * the service (`privateEndpoints: false`) there is nothing to make.
 */
export function privateLink(
    name: string,
    args: PrivateLinkArgs,
    opts: pulumi.CustomResourceOptions,
): pulumi.Resource[] {
    const { foundation, network, service, target } = args;
    const zone = network.privateZone(service);
    if (zone === undefined) return [];
    const endpoint = new PrivateEndpoint(
        `${name}-endpoint`,
        {
            resourceGroupName: foundation.resourceGroupName,
            location: foundation.region,
            subnet: { id: network.endpointSubnetId },
            privateLinkServiceConnections: [
                {
                    name: service,
                    privateLinkServiceId: target.id,
                    groupIds: [GROUP_IDS[service]],
                },
            ],
            tags: foundation.tags,
        },
        // Azure keeps an endpoint with its service, and the provider does not know.
        { ...opts, replaceOnChanges: ["privateLinkServiceConnections"] },
    );
    const group = new PrivateDnsZoneGroup(
        `${name}-endpoint`,
        {
            resourceGroupName: foundation.resourceGroupName,
            privateEndpointName: endpoint.name,
            privateDnsZoneGroupName: "default",
            privateDnsZoneConfigs: [{ name: service, privateDnsZoneId: zone.id }],
        },
        { ...opts, deletedWith: endpoint },
    );
    return [endpoint, group];
}
