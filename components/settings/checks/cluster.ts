import type { NodePoolArgs } from "../../contracts/cluster.ts";
import { amount } from "../../lib/units.ts";
import { prefixOf } from "../../lib/cidr.ts";
import { BLOCK_PREFIX, isWithin, nearestWithin } from "../clouds.ts";
import type { SiteContext } from "../site-context.ts";

function checkPool(context: SiteContext, key: string, pool: NodePoolArgs): void {
    const { add, facts, limits } = context;
    const at = `cluster.nodePools.${key}`;
    if (pool.min > pool.max) {
        add({
            at: `${at}.max`,
            involves: [`${at}.min`],
            value: pool.max,
            message: `is below min ${pool.min}`,
            fix: "Raise max or lower min",
        });
    }
    if (facts?.takenPools.includes(key)) {
        const message = `is the name of a pool that the platform makes itself on ${facts.title}`;
        add({ at, message, fix: "Give the pool another name" });
    }
    if (pool.max === 0) {
        add({
            at: `${at}.max`,
            value: 0,
            message: "allows no node",
            fix: "Raise max, or remove the pool",
        });
    }
    if (limits && facts && !isWithin(amount(pool.disk), limits.nodeDisk)) {
        const { min, max } = limits.nodeDisk;
        add({
            at: `${at}.disk`,
            value: pool.disk,
            message: `is not a boot disk that ${facts.title} makes: ${min} to ${max} GiB`,
            fix: `Write ${nearestWithin(amount(pool.disk), limits.nodeDisk)} GiB`,
        });
    }
    if (pool.spot && facts?.noSpot.includes(pool.size)) {
        add({
            at: `${at}.spot`,
            involves: [`${at}.size`],
            value: true,
            message: `is not sold by ${facts.title} for size ${pool.size}`,
            fix: "Choose a larger size, or set spot to false",
        });
    }
    const keys = pool.taints.map((taint) => `${taint.key}:${taint.effect}`);
    const twice = keys.find((taint, index) => keys.indexOf(taint) !== index);
    if (twice !== undefined) {
        const message = `holds ${JSON.stringify(twice)} more than once`;
        add({ at: `${at}.taints`, message, fix: "Keep one value for each key and effect" });
    }
}

/** Somewhere to run: for the add-ons, in two zones where a zone may fail, and on nodes that stay in prod. */
function checkRoom({ effective, facts, stack, add }: SiteContext): void {
    const at = "cluster.nodePools";
    const pools = Object.values(effective.cluster.nodePools);
    if (pools.length === 0) {
        add({ at, message: "holds no pool", fix: "Name at least one, like workers: {}" });
        return;
    }
    const open = pools.filter(
        (pool) => pool.taints.length === 0 && !(pool.spot && facts?.taintsSpot),
    );
    const places = ["min", "spot", "taints"].flatMap((leaf) =>
        Object.keys(effective.cluster.nodePools).map((key) => `${at}.${key}.${leaf}`),
    );
    if (open.length === 0) {
        const message = "holds tainted pools only, where the cluster's own add-ons cannot run";
        const spot = facts?.taintsSpot ? ` and without spot, which ${facts.title} taints` : "";
        add({ at, involves: places, message, fix: `Add a pool without taints${spot}` });
        return;
    }
    const nodes = open.reduce((sum, pool) => sum + pool.min, 0);
    const needed = effective.cluster.highAvailability ? 2 : 1;
    if (nodes < needed) {
        const fix = `Raise min of a pool without taints to ${needed} or more`;
        const message =
            needed === 2
                ? "keeps fewer than two nodes without taints, which does not survive the loss of a zone"
                : "keeps no node without taints, where the cluster's own add-ons run";
        add({ at, involves: places, message, fix });
    }
    if (stack.environment === "prod" && open.every((pool) => pool.spot)) {
        const message =
            "holds nothing but spot nodes that prod can run on, and the cloud may take them all at once";
        add({
            at,
            involves: places,
            message,
            fix: "Set spot to false for one pool without taints",
        });
    }
}

/** Whether all nodes at once find addresses, one more node for each pool during upgrades. */
function checkAddresses({ effective, facts, limits, add }: SiteContext): void {
    if (facts === undefined) return;
    const pools = Object.entries(effective.cluster.nodePools);
    const { cidr } = effective.network;
    const { max: smallest } = limits?.network ?? BLOCK_PREFIX;
    if (prefixOf(cidr) > smallest) return;
    const { unit, perNode, of } = facts.room;
    const wanted = pools.reduce((sum, [, { size, max }]) => sum + (max + 1) * perNode(size), 0);
    const room = of(cidr);
    if (wanted <= room) return;
    const involved = pools.flatMap(([key]) =>
        ["max", "size"].map((leaf) => `cluster.nodePools.${key}.${leaf}`),
    );
    add({
        at: "cluster.nodePools",
        involves: ["network.cidr", ...involved],
        message: `may need ${wanted} ${unit}, one node more per pool in upgrades included, and ${cidr} has room for ${room} on ${facts.title}`,
        fix: "Lower max, or give the site a larger block",
    });
}

/** Node pools that can stand. */
export function checkCluster(context: SiteContext): void {
    for (const [key, pool] of Object.entries(context.effective.cluster.nodePools)) {
        checkPool(context, key, pool);
    }
    checkRoom(context);
    checkAddresses(context);
}
