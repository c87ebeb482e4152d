import type * as pulumi from "@pulumi/pulumi";
import type { VirtualNetwork } from "@pulumi/azure-native/network/virtualNetwork.js";
import type { PrivateZone } from "@pulumi/azure-native/privatedns/privateZone.js";
import { linkedZone } from "./dns.ts";
import type { AzureFoundation } from "./foundation.ts";

/** The DNS zone of each service's private endpoints, and its part of the zone's logical name. */
const ZONES = {
    registry: { role: "registry", zone: "privatelink.azurecr.io" },
    secretStore: { role: "secrets", zone: "privatelink.vaultcore.azure.net" },
    objectStore: { role: "blobs", zone: "privatelink.blob.core.windows.net" },
    sharedFiles: { role: "files", zone: "privatelink.file.core.windows.net" },
    cache: { role: "cache", zone: "privatelink.redis.azure.net" },
} as const;

/** A service that can have a private endpoint. */
export type PrivateService = keyof typeof ZONES;

export interface PrivateZonesArgs {
    readonly foundation: AzureFoundation;
    readonly opts: pulumi.CustomResourceOptions;
    readonly network: VirtualNetwork;
    readonly privateEndpoints: boolean;
}

/**
 * The private DNS zones of a network. Those that every site needs are made at once; a data service's when the first of
 * its kind asks, and then shared, because a network takes each name once.
 */
export class PrivateZones {
    private readonly made = new Map<PrivateService, PrivateZone>();
    private readonly name: string;
    private readonly args: PrivateZonesArgs;

    constructor(name: string, args: PrivateZonesArgs) {
        this.name = name;
        this.args = args;
        this.of("registry");
        this.of("secretStore");
    }

    /** The zone of a service; undefined for one that is reached without a private endpoint. */
    of(service: PrivateService): PrivateZone | undefined {
        // A cache has no other way in: Azure Managed Redis knows no firewall.
        if (!this.args.privateEndpoints && service !== "cache") return undefined;
        const zone = this.made.get(service) ?? this.make(service);
        this.made.set(service, zone);
        return zone;
    }

    private make(service: PrivateService): PrivateZone {
        const { role, zone } = ZONES[service];
        return linkedZone(this.name, role, zone, this.args.network, this.args).zone;
    }
}
