import type { Stack, StackResource } from "../../../runtime/stack.ts";
import { on, type StackVerdict } from "../../rule.ts";
import type { Amount } from "../../scale.ts";
import { awsAddresses } from "../machines/aws.ts";
import { addressingOf, type Addressing } from "../pools/eks.ts";
import type { NodePools, Pool } from "../pools/index.ts";
import { byRange, holdAgainst, type Demand } from "./demand.ts";
import { sizeOfRange } from "./subnets.ts";

export const AWS_SUBNET = "aws:ec2/subnet:Subnet";

/** What AWS keeps of each subnet. */
const RESERVED = 5;

/** How many addresses of its subnet a full node holds. */
function addressesOf({ machines, pods, unknown }: Pool, addressing: Addressing): Amount {
    if (addressing === "none") return 1;
    if (typeof addressing === "object") return addressing;
    if (unknown !== undefined) return { unknown };
    if (typeof pods === "object") return pods;
    const prefixes = addressing === "prefixes";
    return Math.max(...machines.map((machine) => awsAddresses(machine, pods, prefixes)));
}

/** Where a pool's nodes stand, if all of its subnets are in the stack. */
function subnetsOf(stack: Stack, { resource }: Pool): readonly StackResource[] | undefined {
    const subnets = stack.targets(resource, "subnetIds").filter(({ type }) => type === AWS_SUBNET);
    const listed = resource.given.get("subnetIds").list();
    const isWhole = listed.state === "known" && listed.value.length === subnets.length;
    return isWhole && subnets.length > 0 ? subnets : undefined;
}

/** The node groups of a cluster against the subnets that they share. */
export function eksAddresses(stack: Stack, { cluster, pools }: NodePools): readonly StackVerdict[] {
    const addressing = addressingOf(stack, cluster);
    const placed = pools.map((pool) => ({ pool, ranges: subnetsOf(stack, pool) }));
    const lost = placed.flatMap(({ pool, ranges }) =>
        ranges === undefined ? on(pool.resource, [{ state: "unknown", path: "subnetIds" }]) : [],
    );
    const found = placed.flatMap(({ pool, ranges }) => (ranges ? [{ pool, ranges }] : []));
    return [
        ...lost,
        ...byRange(found).flatMap((group) => {
            const sizes = (group[0]?.ranges ?? []).map(({ given }) =>
                sizeOfRange(given.get("cidrBlock")),
            );
            const capacity = sizes.reduce<number | undefined>(
                (sum, size) =>
                    sum === undefined || size === undefined ? undefined : sum + size - RESERVED,
                0,
            );
            const demands = group.map(({ pool }): Demand => ({
                resource: pool.resource,
                at: pool.count,
                nodes: pool.nodes,
                surge: pool.surge,
                each: addressesOf(pool, addressing),
            }));
            return holdAgainst(demands, capacity, {
                taken: "addresses",
                there: "the subnets have",
            });
        }),
    ];
}
