import { hostIn, overlaps, prefixOf, subnet, type Cidr } from "../lib/cidr.ts";

/** Availability zones by their names in Azure. */
export const ZONES = ["1", "2", "3"] as const;

/** The name of an availability zone. */
export type Zone = (typeof ZONES)[number];

/** The zones that are used: all of them, or the first one, so that switching over adds and never moves. */
export function zonesOf(highAvailability: boolean): readonly Zone[] {
    return highAvailability ? ZONES : [ZONES[0]];
}

/**
 * Where pods get their addresses in every cluster on Azure: shared address space (RFC 6598), which no network of the
 * platform uses. Pods leave the cluster with their node's address, so sites may share it; a node takes a /24 of it.
 *
 * @see https://learn.microsoft.com/azure/aks/concepts-network-azure-cni-overlay
 */
export const POD_CIDR: Cidr = "100.64.0.0/12";

/** Where services get their addresses in every cluster on Azure; never seen outside the cluster. */
export const SERVICE_CIDR: Cidr = "100.80.0.0/16";

/** The address of the cluster's DNS. */
export const DNS_SERVICE_IP = hostIn(SERVICE_CIDR, 10);

/** True if a network of this block could not tell its own addresses from those of pods and services. */
export function clashesWithCluster(block: Cidr): boolean {
    return overlaps(block, POD_CIDR) || overlaps(block, SERVICE_CIDR);
}

/** The blocks of a network's subnets. */
export interface SubnetPlan {
    /** One per zone, each a quarter of the block. A node takes one address, whatever runs on it (G1.40). */
    readonly nodes: Readonly<Record<Zone, Cidr>>;
    readonly database: Cidr;
    readonly endpoints: Cidr;
    readonly api: Cidr;
}

/**
 * Divides a block: three quarters for the nodes of three zones, and of the last quarter a quarter each for databases,
 * private endpoints and the cluster's API, which all have room for more than they need (G1.11).
 *
 * For 10.20.0.0/16 nodes get 10.20.0.0/18 and the next two, databases 10.20.192.0/20, endpoints 10.20.208.0/20, the
 * API 10.20.224.0/20; the last /20 is left to gateways.
 */
export function planSubnets(block: Cidr): SubnetPlan {
    const quarter = (index: number) => subnet(block, prefixOf(block) + 2, index);
    const rest = quarter(3);
    const sixteenth = (index: number) => subnet(rest, prefixOf(block) + 4, index);
    return {
        nodes: { "1": quarter(0), "2": quarter(1), "3": quarter(2) },
        database: sixteenth(0),
        endpoints: sixteenth(1),
        api: sixteenth(2),
    };
}

/**
 * The block of the cloud's own gateways, the first /24 of what the other subnets leave: Application Gateway for
 * Containers takes no other size where pods have overlay addresses. For 10.20.0.0/16 it is 10.20.240.0/24.
 *
 * @see https://learn.microsoft.com/azure/application-gateway/for-containers/container-networking
 */
export function gatewayBlock(block: Cidr): Cidr {
    const rest = subnet(block, prefixOf(block) + 2, 3);
    return subnet(subnet(rest, prefixOf(block) + 4, 3), 24, 0);
}
