import type * as pulumi from "@pulumi/pulumi";
import { NatGateway } from "@pulumi/azure-native/network/natGateway.js";
import { PublicIPAddress } from "@pulumi/azure-native/network/publicIPAddress.js";
import { zonesOf, type Zone } from "./addresses.ts";
import type { AzureFoundation } from "./foundation.ts";

/** A way out, and the address that the Internet sees. */
export interface Gateway {
    readonly id: pulumi.Output<string>;
    readonly address: pulumi.Output<string>;
}

/** The gateways by zone; zone 1 always has one. */
export type Gateways = { readonly "1": Gateway } & Readonly<Partial<Record<Zone, Gateway>>>;

/**
 * Makes a NAT gateway in each of the zones that are used.
 *
 * The zone-redundant SKU (StandardV2) needs a newer API than the one this SDK speaks for networks (2024-05-01).
 */
export function makeGateways(
    name: string,
    highAvailability: boolean,
    scope: { readonly foundation: AzureFoundation; readonly opts: pulumi.CustomResourceOptions },
): Gateways {
    const make = (zone: Zone) => makeGateway(`${name}-nat-${zone}`, zone, scope);
    const others = zonesOf(highAvailability).filter((zone) => zone !== "1");
    return { "1": make("1"), ...Object.fromEntries(others.map((zone) => [zone, make(zone)])) };
}

function makeGateway(
    name: string,
    zone: Zone,
    scope: { readonly foundation: AzureFoundation; readonly opts: pulumi.CustomResourceOptions },
): Gateway {
    const { foundation, opts } = scope;
    const common = {
        resourceGroupName: foundation.resourceGroupName,
        location: foundation.region,
        zones: [zone],
        tags: foundation.tags,
    };
    const address = new PublicIPAddress(
        name,
        {
            ...common,
            sku: { name: "Standard", tier: "Regional" },
            publicIPAllocationMethod: "Static",
            publicIPAddressVersion: "IPv4",
        },
        opts,
    );
    const gateway = new NatGateway(
        name,
        {
            ...common,
            sku: { name: "Standard" },
            publicIpAddresses: [{ id: address.id }],
            idleTimeoutInMinutes: 4,
        },
        opts,
    );
    return { id: gateway.id, address: address.ipAddress.apply((ip) => ip ?? "") };
}
