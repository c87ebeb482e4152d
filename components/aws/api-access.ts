import type { Cidr } from "../lib/cidr.ts";
import { overlaps } from "../lib/cidr.ts";

/** Addresses that the Internet does not route; EKS refuses them for its public endpoint. */
const PRIVATE: readonly Cidr[] = ["10.0.0.0/8", "100.64.0.0/10", "172.16.0.0/12", "192.168.0.0/16"];

/** The whole Internet, in which private addresses lie too. */
const ANYWHERE = "0.0.0.0/0";

function isPrivate(block: Cidr): boolean {
    return block !== ANYWHERE && PRIVATE.some((range) => overlaps(range, block));
}

/** The blocks that reach the API over a VPN or a peering, on its private address. */
export function privateBlocks(blocks: readonly Cidr[]): Cidr[] {
    return blocks.filter((block) => isPrivate(block));
}

/** The blocks that reach the API over the Internet, on its public address. */
export function publicBlocks(blocks: readonly Cidr[]): Cidr[] {
    return blocks.filter((block) => !isPrivate(block));
}

/** From where the API of a cluster can be reached, in words, and so from where the stack has to be run. */
export function describeReach(name: string, network: Cidr, blocks: readonly Cidr[]): string {
    const inside = [`inside the VPC (${network})`];
    const near = privateBlocks(blocks);
    if (near.length > 0) inside.push(`over a VPN or a peering from ${near.join(", ")}`);
    const outside = publicBlocks(blocks);
    if (outside.length > 0) inside.push(`over the Internet from ${outside.join(", ")}`);
    const only = outside.length > 0 ? "" : "only ";
    return `The Kubernetes API of ${name} answers ${only}${inside.join(", and ")}: run the stack from there.`;
}
