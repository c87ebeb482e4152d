import type { Value } from "../../../runtime/reader.ts";
import type { Stack, StackResource } from "../../../runtime/stack.ts";
import { on, type StackVerdict } from "../../rule.ts";
import type { Amount } from "../../scale.ts";
import type { NodePools, Pool } from "../pools/index.ts";
import { holdAgainst, type Demand } from "./demand.ts";
import { sizeOfRange } from "./subnets.ts";

export const GCP_SUBNETWORK = "gcp:compute/subnetwork:Subnetwork";

/** What Google keeps of the primary range of a subnetwork. */
const RESERVED = 4;

/** A node takes a block for its pods: a power of two that is at least twice their number. */
function blockOf({ pods }: Pool): Amount {
    return typeof pods === "object" ? pods : 2 ** Math.ceil(Math.log2(Math.max(1, pods) * 2));
}

/** The secondary range that a cluster names for its pods. */
function podRange(
    cluster: StackResource,
    subnetwork: StackResource | undefined,
): Value | undefined {
    const policy = cluster.given.get("ipAllocationPolicy");
    const block = policy.get("clusterIpv4CidrBlock");
    if (block.state !== "absent") return block;
    const name = policy.get("clusterSecondaryRangeName").text();
    const ranges = subnetwork?.given.get("secondaryIpRanges").list();
    if (name.state !== "known" || ranges?.state !== "known") return undefined;
    return ranges.value
        .find((range) => {
            const own = range.get("rangeName").text();
            return own.state === "known" && own.value === name.value;
        })
        ?.get("ipCidrRange");
}

/** The pools of a cluster against the two ranges of its subnetwork: one for nodes, one for pods. */
export function gkeAddresses(stack: Stack, { cluster, pools }: NodePools): readonly StackVerdict[] {
    const [subnetwork] = stack
        .targets(cluster, "subnetwork")
        .filter(({ type }) => type === GCP_SUBNETWORK);
    const elsewhere = pools.find(
        ({ at }) =>
            at.at("networkConfig.podRange").state !== "absent" ||
            at.at("networkConfig.podIpv4CidrBlock").state !== "absent",
    );
    const more = cluster.given.at("ipAllocationPolicy.additionalPodRangesConfig");
    const range = podRange(cluster, subnetwork);
    const primary = subnetwork && sizeOfRange(subnetwork.given.get("ipCidrRange"));
    const demands = (each: (pool: Pool) => Amount) =>
        pools.map((pool): Demand => ({
            resource: pool.resource,
            at: pool.count,
            nodes: pool.nodes,
            surge: pool.surge,
            each: each(pool),
        }));
    const nodes = holdAgainst(
        demands(() => 1),
        primary === undefined ? undefined : primary - RESERVED,
        { taken: "addresses", there: "the subnetwork has" },
    );
    if (elsewhere !== undefined || more.state !== "absent") {
        return [...nodes, ...on(cluster, [{ state: "unknown", path: "ipAllocationPolicy" }])];
    }
    return [
        ...nodes,
        ...holdAgainst(demands(blockOf), range && sizeOfRange(range), {
            taken: "addresses for pods",
            there: "the pods' range has",
        }),
    ];
}
