import { type Cidr, hostIn, prefixOf, sizeOf, subnet } from "../lib/cidr.ts";

/** The parts of a site's block, which never overlap. */
export interface Ranges {
    /** The subnet's own range: a quarter of the block. Nodes, internal load balancers and the control plane. */
    readonly nodes: Cidr;
    /** The subnet's secondary range for pods: half of the block. */
    readonly pods: Cidr;
    /** The subnet's secondary range for cluster addresses of services: a sixteenth. */
    readonly services: Cidr;
    /** What Google's own network for databases takes its addresses from: a sixteenth. */
    readonly databases: Cidr;
    /** Outside every subnet, as Private Service Connect wants it: a sixteenth. */
    readonly endpoints: Cidr;
    /** What the proxies of internal gateways take their addresses from: a sixteenth. */
    readonly proxies: Cidr;
    /** How many pods a node may run. Fixed with the block, for a change would replace every node pool. */
    readonly podsPerNode: number;
}

/**
 * Divides a site's block, /12 to /20, in sixteenths: nodes 0–3, services 4, databases 5, endpoints 6, proxies 7, pods
 * 8–15.
 *
 * At /20 the databases have a /24, which is the least that Cloud SQL takes (G1.57).
 */
export function rangesOf(block: Cidr): Ranges {
    const prefix = prefixOf(block);
    return {
        nodes: subnet(block, prefix + 2, 0),
        services: subnet(block, prefix + 4, 4),
        databases: subnet(block, prefix + 4, 5),
        endpoints: subnet(block, prefix + 4, 6),
        proxies: subnet(block, prefix + 4, 7),
        pods: subnet(block, prefix + 1, 1),
        podsPerNode: podsPerNode(prefix),
    };
}

/** GKE's own 110 pods while that leaves 64 nodes or more; fewer in small blocks, so that 32 nodes always fit. */
function podsPerNode(prefix: number): number {
    if (prefix <= 17) return 110;
    return prefix === 18 ? 64 : 32;
}

/**
 * How many addresses a node takes from the pods' range: twice its pods, rounded up to a power of two.
 *
 * @see https://docs.cloud.google.com/kubernetes-engine/docs/how-to/flexible-pod-cidr
 */
export function addressesPerNode(pods: number): number {
    return 2 ** Math.ceil(Math.log2(2 * pods));
}

/** How many nodes have room, surge nodes of upgrades included. Google keeps four addresses of a subnet. */
export function nodeCapacity(ranges: Ranges): number {
    const byPods = Math.floor(sizeOf(ranges.pods) / addressesPerNode(ranges.podsPerNode));
    return Math.min(byPods, sizeOf(ranges.nodes) - 4);
}

/** The address of the private endpoint for Google's APIs. */
export function endpointAddress(ranges: Ranges): string {
    return hostIn(ranges.endpoints, 2);
}
