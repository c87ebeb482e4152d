import type * as pulumi from "@pulumi/pulumi";
import { NetworkSecurityGroup } from "@pulumi/azure-native/network/networkSecurityGroup.js";
import { Subnet } from "@pulumi/azure-native/network/subnet.js";
import type { AzureFoundation } from "./foundation.ts";
import type { AzureNetwork } from "./network.ts";
import { gatewayRules, toSecurityRule } from "./security-rules.ts";
import { delegatedTo } from "./subnets.ts";

/**
 * Makes the subnet from which Application Gateway for Containers reaches pods. It holds nothing else.
 *
 * @see https://learn.microsoft.com/azure/application-gateway/for-containers/application-gateway-for-containers-components
 */
export function makeGatewaySubnet(
    name: string,
    { foundation, network }: { foundation: AzureFoundation; network: AzureNetwork },
    opts: pulumi.CustomResourceOptions,
): Subnet {
    const { resourceGroupName } = foundation;
    const group = new NetworkSecurityGroup(
        name,
        {
            resourceGroupName,
            location: foundation.region,
            securityRules: gatewayRules().map((rule) => toSecurityRule(rule)),
            tags: foundation.tags,
        },
        opts,
    );
    return new Subnet(
        name,
        {
            resourceGroupName,
            virtualNetworkName: network.resource.name,
            subnetName: "gateways",
            addressPrefix: network.gatewayCidr,
            networkSecurityGroup: { id: group.id },
            defaultOutboundAccess: false,
            ...delegatedTo("Microsoft.ServiceNetworking/trafficControllers"),
        },
        { ...opts, dependsOn: network.lastSubnet },
    );
}
