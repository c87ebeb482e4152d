import { NODE_CAPACITY, NODE_SIZES } from "../../../contracts/cluster.ts";
import { gibibytes, millicores } from "../../../lib/quantities.ts";
import type { SiteContext } from "../../site-context.ts";
import type { ApplicationSettings } from "../../types.ts";
import { nearest } from "../../shape.ts";
import { oneOf } from "../../words.ts";
import type { ApplicationCheck } from "./index.ts";

/** What is asked for at once by one pod: the application's container and those beside it, or its largest step. */
function needsOf(application: ApplicationSettings): { cpu: number; memory: number } {
    const { resources, sidecars, steps } = application;
    const beside = Object.values(sidecars).map((sidecar) => sidecar.resources);
    const all = [resources, ...beside];
    const cpu = (list: readonly { cpu: string }[]) => list.map((one) => millicores(one.cpu) ?? 0);
    const memory = (list: readonly { memory: string }[]) =>
        list.map((one) => gibibytes(one.memory) ?? 0);
    const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0);
    const largest = Object.values(steps).map((step) => step.resources);
    if (largest.length > 0) {
        return { cpu: Math.max(...cpu(largest)), memory: Math.max(...memory(largest)) };
    }
    return { cpu: sum(cpu(all)), memory: sum(memory(all)) };
}

/** The pools that its pods can run on: the one that it names, or all without taints. */
function poolsOf({ effective }: SiteContext, { placement }: ApplicationSettings) {
    const { nodePools } = effective.cluster;
    if (placement.pool === undefined) {
        return Object.values(nodePools).filter((pool) => pool.taints.length === 0);
    }
    const own = nodePools[placement.pool];
    return own === undefined ? [] : [own];
}

/** A pod that fits no node would wait for ever (G12.8). */
export const checkRoom: ApplicationCheck = (context, key, application) => {
    const sizes = poolsOf(context, application).map((pool) => pool.size);
    const largest = NODE_SIZES.findLast((size) => sizes.includes(size));
    if (largest === undefined) return;
    const at = `applications.${key}.resources`;
    const capacity = NODE_CAPACITY[largest];
    const { cpu, memory } = needsOf(application);
    const pool = application.placement.pool;
    const which =
        pool === undefined
            ? `the largest without taints, ${largest},`
            : `those of pool ${pool}, ${largest},`;
    const verb = pool === undefined ? "has" : "have";
    const fix =
        pool === undefined
            ? "Ask for less, or add a pool of a larger size without taints"
            : "Ask for less, or name a pool of a larger size";
    const node = (amount: string) =>
        `fits no node: ${which} ${verb} ${amount}, of which the system takes a part`;
    const { resources } = application;
    if (cpu >= capacity.cpu * 1000) {
        const message = node(`${capacity.cpu} CPU`);
        context.add({ at: `${at}.cpu`, value: resources.cpu, message, fix });
    }
    if (memory >= capacity.memory) {
        const message = node(`${capacity.memory} GiB`);
        context.add({ at: `${at}.memory`, value: resources.memory, message, fix });
    }
};

/** A pool that there is, with processors that it has. */
export const checkPlacement: ApplicationCheck = ({ effective, add }, key, { placement }) => {
    const at = `applications.${key}.placement`;
    const { pool, architecture } = placement;
    const pools = Object.keys(effective.cluster.nodePools);
    if (pool !== undefined && !pools.includes(pool)) {
        const meant = nearest(pool, pools);
        add({
            at: `${at}.pool`,
            involves: [`cluster.nodePools.${pool}`],
            value: pool,
            message: "is not a node pool of the site",
            fix: meant ? `Did you mean ${JSON.stringify(meant)}?` : `Write ${oneOf(pools)}`,
        });
    }
    if (architecture === "arm64") {
        add({
            at: `${at}.architecture`,
            value: architecture,
            message: "is a processor that no node of the platform has: every size is amd64",
            fix: "Build the image for amd64, and leave this out",
        });
    }
};
