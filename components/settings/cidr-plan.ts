import { createHash } from "node:crypto";
import type { Cidr } from "../lib/cidr.ts";
import { overlaps, subnet } from "../lib/cidr.ts";

/** Where planned blocks lie. */
const SPACE: Cidr = "10.0.0.0/8";

/** The prefix length of a planned block: 65,536 addresses. */
const PREFIX = 16;

/**
 * Blocks that are never planned: everyone's first home, office and VPC network, and the range that EKS takes for
 * services when it is free.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/network-reqs.html
 */
const AVOIDED: readonly Cidr[] = ["10.0.0.0/16", "10.1.0.0/16", "10.100.0.0/16"];

const SLOTS: readonly Cidr[] = Array.from({ length: 2 ** (PREFIX - 8) }, (_, slot) =>
    subnet(SPACE, PREFIX, slot),
).filter((block) => !AVOIDED.includes(block));

/**
 * The block planned for a site: a function of the site's full name and of nothing else.
 *
 * So no site that is added, removed or moved in the file ever moves another one, which would replace its network. The
 * price is that two names may get the same block; the settings then ask for one of them to be written down.
 */
export function plannedBlock(name: string): Cidr {
    const digest = createHash("sha256").update(name).digest();
    return SLOTS[digest.readUInt32BE() % SLOTS.length] ?? SPACE;
}

/** The first free block of the plan after the site's own, or undefined if all are taken. */
export function freeBlock(name: string, taken: readonly Cidr[]): Cidr | undefined {
    const own = SLOTS.indexOf(plannedBlock(name));
    const ring = [...SLOTS.slice(own), ...SLOTS.slice(0, own)];
    return ring.find((block) => taken.every((other) => !overlaps(block, other)));
}
