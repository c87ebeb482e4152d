import { NODE_CAPACITY, NODE_SIZES } from "../../../contracts/cluster.ts";
import type { NodeSize } from "../../../contracts/cluster.ts";
import type { PodSize } from "../../../contracts/queue.ts";
import { quotaProblems } from "../../../kubernetes/application/quota-problems.ts";
import { gibibytes, millicores } from "../../../lib/quantities.ts";
import type { SiteContext } from "../../site-context.ts";
import type { ContainerSize } from "../../application-types.ts";
import type { ApplicationSettings } from "../../types.ts";
import { nearest } from "../../nearest.ts";
import { oneOf } from "../../words.ts";
import { isGiven } from "../../written.ts";
import type { ApplicationCheck } from "./index.ts";

/** What one pod asks for at once, and the place in the settings that says most of it. */
interface Need {
    readonly at: string;
    readonly own: PodSize;
    /** The containers beside it. */
    readonly beside: readonly PodSize[];
}

/** A pod's own container with those beside it; of a pipeline each step, because they run one after the other. */
function needsOf({ kind, resources, sidecars, steps }: ApplicationSettings): readonly Need[] {
    if (kind === "pipeline") {
        return Object.entries(steps).map(([name, step]) => ({
            at: `steps.${name}.resources`,
            own: step.resources,
            beside: [],
        }));
    }
    const beside = Object.values(sidecars).map((sidecar) => sidecar.resources);
    return [{ at: "resources", own: resources, beside }];
}

/** The pools that its pods can run on: the one that it names, or all without taints. */
function poolsOf({ effective }: SiteContext, { placement }: ApplicationSettings) {
    const pools = Object.entries(effective.cluster.nodePools);
    return pools
        .filter(([name, { taints }]) =>
            placement.pool === undefined ? taints.length === 0 : name === placement.pool,
        )
        .map(([, pool]) => pool);
}

/** Which nodes are meant, and what to do about it. */
function nodesOf(pool: string | undefined, largest: NodeSize) {
    return pool === undefined
        ? {
              which: `the largest without taints, ${largest}, has`,
              fix: "Ask for less, or add a pool of a larger size without taints",
          }
        : {
              which: `those of pool ${pool}, ${largest}, have`,
              fix: "Ask for less, or name a pool of a larger size",
          };
}

/** A pod that fits no node would wait for ever (G12.8). */
export const checkRoom: ApplicationCheck = (context, key, application) => {
    const sizes = poolsOf(context, application).map((pool) => pool.size);
    const largest = NODE_SIZES.findLast((size) => sizes.includes(size));
    if (largest === undefined) return;
    const capacity = NODE_CAPACITY[largest];
    const { which, fix } = nodesOf(application.placement.pool, largest);
    const sum = (numbers: readonly (number | undefined)[]) =>
        numbers.reduce<number>((a, b = 0) => a + b, 0);
    for (const { at, own, beside } of needsOf(application)) {
        const all = [own, ...beside];
        const together =
            beside.length > 0 ? "fits no node together with its sidecars" : "fits no node";
        const node = (amount: string) =>
            `${together}: ${which} ${amount}, of which the system takes a part`;
        const place = `applications.${key}.${at}`;
        if (sum(all.map(({ cpu }) => millicores(cpu))) >= capacity.cpu * 1000) {
            const message = node(`${capacity.cpu} CPU`);
            context.add({ at: `${place}.cpu`, value: own.cpu, message, fix });
        }
        if (sum(all.map(({ memory }) => gibibytes(memory))) >= capacity.memory) {
            const message = node(`${capacity.memory} GiB`);
            context.add({ at: `${place}.memory`, value: own.memory, message, fix });
        }
    }
};

/** Containers that may use what they request. */
export const checkLimits: ApplicationCheck = (context, key, { resources, sidecars, steps }) => {
    const parts = { sidecars, steps };
    const containers: [at: string, size: ContainerSize][] = [
        ["resources", resources],
        ...Object.entries(parts).flatMap(([part, entries]) =>
            Object.entries(entries).map(([name, one]): [string, ContainerSize] => [
                `${part}.${name}.resources`,
                one.resources,
            ]),
        ),
    ];
    for (const [at, { limits = {}, ...asked }] of containers) {
        for (const [part, amount] of [
            ["cpu", millicores],
            ["memory", gibibytes],
        ] as const) {
            const limit = limits[part];
            if (limit === undefined || (amount(limit) ?? 0) >= (amount(asked[part]) ?? 0)) continue;
            const place = `applications.${key}.${at}`;
            context.add({
                at: `${place}.limits.${part}`,
                involves: [`${place}.${part}`],
                value: limit,
                message: `is less than the ${asked[part]} that it requests`,
                fix: `Write ${asked[part]} or more, or leave it out`,
            });
        }
    }
};

/** Pods that the quota of their namespace holds, all of them together (G12.6). */
export const checkQuota: ApplicationCheck = (context, key, application) => {
    const at = `applications.${key}`;
    for (const { path, ...problem } of quotaProblems(at, application)) {
        const parts = ["replicas.max", "resources.cpu", "resources.memory", "size"];
        const involves = parts.map((part) => `${at}.${part}`);
        context.add({ at: path, involves, ...problem });
    }
};

/** A pool that there is, with processors and nodes that it has. */
export const checkPlacement: ApplicationCheck = (context, key, { placement }) => {
    const at = `applications.${key}.placement`;
    const { add, effective } = context;
    const { pool, architecture } = placement;
    const pools = new Map(Object.entries(effective.cluster.nodePools));
    const named = pool === undefined ? undefined : pools.get(pool);
    if (pool !== undefined && named === undefined) {
        const names = [...pools.keys()];
        const meant = nearest(pool, names);
        add({
            at: `${at}.pool`,
            involves: [`cluster.nodePools.${pool}`],
            value: pool,
            message: "is not a node pool of the site",
            fix: meant ? `Did you mean ${JSON.stringify(meant)}?` : `Write ${oneOf(names)}`,
        });
    }
    if (named && named.spot !== placement.spot && isGiven(context, `${at}.spot`)) {
        add({
            at: `${at}.spot`,
            involves: [`cluster.nodePools.${pool}.spot`],
            value: placement.spot,
            message: `contradicts pool ${pool}, whose nodes ${named.spot ? "are all spot" : "are never spot"}`,
            fix: "Remove it, or name another pool",
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
