import type { Stack, StackResource } from "../../../runtime/stack.ts";
import { on, type StackVerdict } from "../../rule.ts";
import type { Amount } from "../../scale.ts";
import { networkOf, type AksNetwork } from "../pools/aks.ts";
import type { NodePools, Pool } from "../pools/index.ts";
import { byRange, holdAgainst, type Demand } from "./demand.ts";
import { prefixOf, sizeOfRange } from "./subnets.ts";

export const AZURE_SUBNET = "azure-native:network:Subnet";

/** What Azure keeps of each subnet. */
const RESERVED = 5;

/** Outside the nodes' subnet, each node takes a block of this size for its pods. */
const BLOCK_PREFIX = 24;
const DEFAULT_POD_PREFIX = 16;

/** The input that names a pool's subnet, and the subnet, if it is the only one that the input refers to. */
function subnetOf(stack: Stack, cluster: StackResource, pool: Pool, name: string) {
    const input = pool.resource === cluster ? "agentPoolProfiles" : name;
    const [subnet, ...rest] = stack
        .targets(pool.resource, input)
        .filter(({ type }) => type === AZURE_SUBNET);
    return rest.length === 0 ? subnet : undefined;
}

/** How many addresses of its own subnet a node takes: one, and one for each pod that it may run. */
function addressesOf({ at, pods }: Pool, network: AksNetwork): Amount {
    if (typeof network === "object") return network;
    if (network !== "flat" || at.get("podSubnetID").state !== "absent") return 1;
    return typeof pods === "object" ? pods : pods + 1;
}

/** The pools of a cluster against their subnets, and against the range of the pods where that is another. */
export function aksAddresses(stack: Stack, nodes: NodePools): readonly StackVerdict[] {
    const { cluster, pools } = nodes;
    const network = networkOf(cluster.given);
    const placed = pools.map((pool) => ({
        pool,
        subnet: subnetOf(stack, cluster, pool, "vnetSubnetID"),
    }));
    const lost = placed.flatMap(({ pool, subnet }) =>
        subnet === undefined && pool.at.get("vnetSubnetID").state !== "absent"
            ? on(pool.resource, [{ state: "unknown", path: pool.at.get("vnetSubnetID").path }])
            : [],
    );
    const found = placed.flatMap(({ pool, subnet }) =>
        subnet === undefined ? [] : [{ pool, ranges: [subnet] }],
    );
    return [
        ...lost,
        ...byRange(found).flatMap((group) => {
            const size = sizeOfRange(
                group[0]?.ranges[0]?.given.get("addressPrefix") ?? cluster.given,
            );
            const demands = group.map(({ pool }) => demandOf(pool, addressesOf(pool, network)));
            return holdAgainst(demands, size === undefined ? undefined : size - RESERVED, {
                taken: "addresses",
                there: "the subnet has",
            });
        }),
        ...(network === "overlay" || network === "kubenet" ? podRange(nodes) : []),
    ];
}

function demandOf(pool: Pool, each: Amount): Demand {
    const { resource, count, nodes, surge } = pool;
    return { resource, at: count, nodes, surge, each };
}

/** Every node takes a whole block of the pods' range, full or not. */
function podRange({ cluster, pools }: NodePools): readonly StackVerdict[] {
    const range = cluster.given.at("networkProfile.podCidr");
    const prefix = range.state === "absent" ? DEFAULT_POD_PREFIX : prefixOf(range);
    const blocks = prefix === undefined ? undefined : 2 ** Math.max(0, BLOCK_PREFIX - prefix);
    const demands = pools.map((pool) => ({ ...demandOf(pool, 1), resource: cluster, at: range }));
    return holdAgainst(demands, blocks, { taken: "blocks of 256", there: "the pods' range has" });
}
