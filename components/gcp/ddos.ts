import type * as pulumi from "@pulumi/pulumi";
import { NetworkEdgeSecurityService } from "@pulumi/gcp/compute/networkEdgeSecurityService.js";
import { RegionSecurityPolicy } from "@pulumi/gcp/compute/regionSecurityPolicy.js";
import type { GcpFoundation } from "./foundation.ts";

/**
 * Cloud Armor's advanced protection of a region from floods: of every passthrough network load balancer in it and of
 * everything else of the project that has a public address there.
 *
 * The project has to be enrolled in Cloud Armor Enterprise, which is decided for all that is in it and so not here. A
 * region of a project has one such service: of two sites in the same, one has it made.
 *
 * @see https://docs.cloud.google.com/armor/docs/advanced-network-ddos
 */
export function protectRegion(
    name: string,
    { region, apis }: GcpFoundation,
    opts: pulumi.CustomResourceOptions,
): NetworkEdgeSecurityService {
    const policy = new RegionSecurityPolicy(
        `${name}-ddos`,
        {
            region,
            description: `Floods of traffic to ${region}`,
            type: "CLOUD_ARMOR_NETWORK",
            ddosProtectionConfig: { ddosProtection: "ADVANCED" },
        },
        { ...opts, dependsOn: [apis.compute] },
    );
    return new NetworkEdgeSecurityService(
        `${name}-ddos`,
        {
            region,
            description: `Before every public address in ${region}`,
            securityPolicy: policy.selfLink,
        },
        // A region has only one of them.
        { ...opts, deleteBeforeReplace: true },
    );
}
