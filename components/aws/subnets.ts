import type { Cidr } from "../lib/cidr.ts";
import { overlaps, prefixOf, sizeOf, subnet } from "../lib/cidr.ts";

/** The site's three places. They are keys of ours: which zone of the region stands behind each is looked up. */
export const ZONES = ["a", "b", "c"] as const;

/** One of the three places. */
export type Zone = (typeof ZONES)[number];

/** What a subnet is for. */
export type Tier = "public" | "private" | "database";

/** The blocks of all subnets, by tier and zone. */
export type SubnetPlan = Readonly<Record<Tier, Readonly<Record<Zone, Cidr>>>>;

/** The port that caches listen on. */
export const CACHE_PORT = 6379;

/** Reserved by AWS in every subnet: the first four addresses and the last. */
const RESERVED = 5;

/** One value per zone. */
export function perZone<T>(make: (zone: Zone, index: number) => T): Record<Zone, T> {
    return { a: make("a", 0), b: make("b", 1), c: make("c", 2) };
}

/**
 * Derives all subnets from the network's block (G1.11): a quarter each for the private subnets, where nodes and pods
 * take addresses by the hundred, and the last quarter for the public and the database ones.
 *
 * @example 10.0.0.0/16 → private 10.0.0.0/18 …, public 10.0.192.0/20 …, database 10.0.240.0/22 …
 */
export function planSubnets(cidr: Cidr): SubnetPlan {
    const prefix = prefixOf(cidr);
    const last = subnet(cidr, prefix + 2, 3);
    const lastOfLast = subnet(last, prefix + 4, 3);
    return {
        private: perZone((_, index) => subnet(cidr, prefix + 2, index)),
        public: perZone((_, index) => subnet(last, prefix + 4, index)),
        database: perZone((_, index) => subnet(lastOfLast, prefix + 6, index)),
    };
}

/** How many addresses the private subnets have for nodes and pods. */
export function nodeAddresses(cidr: Cidr): number {
    const { a, b, c } = planSubnets(cidr).private;
    return [a, b, c].reduce((sum, block) => sum + sizeOf(block) - RESERVED, 0);
}

/**
 * The block of the cluster's service addresses: one of the two that EKS itself would choose from, never overlapping the
 * network (G1.10). It is virtual and no route leads to it.
 */
export function serviceCidr(network: Cidr): Cidr {
    return overlaps(network, "172.20.0.0/16") ? "10.100.0.0/16" : "172.20.0.0/16";
}
