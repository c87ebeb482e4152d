import type { Problem } from "../lib/problem.ts";
import { prefixOf } from "../lib/cidr.ts";
import { SERVICES_PREFIX } from "./limits.ts";
import type { GcpNetwork } from "./network.ts";

/**
 * Refuses a network whose share for Google's own one has no room beside databases: Cloud SQL takes a /24 of it as soon
 * as there is one, and the others nothing less than a /29 or a /26.
 *
 * @see https://docs.cloud.google.com/vpc/docs/configure-private-services-access#allocating-range
 */
export function checkServicesRoom({ cidr, ranges }: GcpNetwork): Problem[] {
    if (prefixOf(cidr) <= SERVICES_PREFIX) return [];
    return [
        {
            path: "network.cidr",
            value: cidr,
            message: `leaves ${ranges.databases} for Google's own services, which a database takes alone`,
            fix: `Give the network a /${SERVICES_PREFIX} or larger`,
        },
    ];
}
