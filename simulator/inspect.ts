/** What a person may want to see and do in the world by hand; `npm run world` is a thin command line over it. */
import { matches } from "./faults.ts";
import { get, isObject, renderPath, set } from "./paths.ts";
import { packageOf } from "./providers.ts";
import type { Standing, Store } from "./store.ts";
import type { Json, Properties } from "./table.ts";
import { clusterAt } from "./types/kubernetes/clusters.ts";
import { logicalName } from "./urn.ts";
import { viewOf } from "./view.ts";
import { Refused } from "./words.ts";

/** What a secret is shown as. */
const MASK = "[secret]";

/** How many of the things that an ambiguous pattern matches are told. */
const MOST_NAMES = 10;

/** So many of one type in one place. */
export interface Count {
    readonly place: string;
    readonly type: string;
    readonly count: number;
    /** How many of them are still being created or deleted. */
    readonly busy: number;
}

/** One line of the world's log. Times are milliseconds since 1970. */
export interface LoggedOperation {
    readonly sequence: number;
    readonly kind: string;
    readonly type: string;
    readonly urn: string;
    readonly id: string;
    /** How long the real thing would take. */
    readonly seconds: number;
    /** SIM_TIME_SCALE at that time. */
    readonly scale: number;
    readonly began: number;
    readonly ended: number;
    readonly error?: string;
}

/** Where an instance stands, for a person: cloud, account and region, or the cluster it stands in. */
export function placeOf(instance: Standing, store: Store): string {
    const cloud = packageOf(instance.type);
    const { account, region } = instance.scope;
    if (cloud !== "kubernetes") return [cloud, account, region].filter(Boolean).join(" ");
    const cluster = clusterAt(account, viewOf(store, instance.scope));
    return `kubernetes ${cluster ? logicalName(cluster.urn) : account}`;
}

/** What stands, optionally only what a pattern matches: an id, or a type, URN or logical name with `*`. */
export function select(store: Store, pattern = "*"): Standing[] {
    return store
        .instances()
        .filter((instance) => instance.id === pattern || matches(pattern, instance));
}

/** Counts what stands by place and type. */
export function count(store: Store, pattern?: string): Count[] {
    const counts = new Map<string, Count>();
    for (const instance of select(store, pattern)) {
        const { type, readyAt, goneAt } = instance;
        const place = placeOf(instance, store);
        const key = `${place}\n${type}`;
        const before = counts.get(key) ?? { place, type, count: 0, busy: 0 };
        const busy = readyAt > Date.now() || goneAt !== undefined ? 1 : 0;
        counts.set(key, { ...before, count: before.count + 1, busy: before.busy + busy });
    }
    return [...counts.values()].sort((left, right) =>
        `${left.place} ${left.type}`.localeCompare(`${right.place} ${right.type}`),
    );
}

/** The one instance that a pattern matches; refuses none and several, in words for a person. */
export function pick(store: Store, pattern: string): Standing {
    const found = select(store, pattern);
    const [one, ...others] = found;
    if (!one) {
        throw new Refused(
            `Nothing in the world matches "${pattern}". npm run world -- list --ids lists it.`,
        );
    }
    if (others.length === 0) return one;
    const names = found.slice(0, MOST_NAMES).map(({ type, id }) => `  ${type} ${id}`);
    const more = found.length > MOST_NAMES ? [`  and ${found.length - MOST_NAMES} more`] : [];
    const asked = `"${pattern}" matches ${found.length} things; name one of them by its id or URN:`;
    throw new Refused([asked, ...names, ...more].join("\n"));
}

/** The outputs with every secret masked: those of the program and those of the table. */
export function masked({ outputs, secrets }: Standing): Properties {
    return secrets
        .map((path) => renderPath(path))
        .filter((path) => get(outputs, path) !== undefined)
        .reduce((masking, path) => set(masking, path, MASK), outputs);
}

/** Changes a property by hand, as someone would in the cloud's console; `undefined` takes it away. */
export function edit(store: Store, pattern: string, path: string, value: Json | undefined): void {
    store.transact(() => {
        const instance = pick(store, pattern);
        const { inputs, outputs, secrets } = instance;
        const isComputed = get(inputs, path) === undefined && get(outputs, path) !== undefined;
        store.save(instance.row, {
            inputs: isComputed ? inputs : set(inputs, path, value),
            outputs: set(outputs, path, value),
            secrets,
        });
    });
}

/** Takes something away by hand, without asking whether anything needs it. */
export function remove(store: Store, pattern: string): Standing {
    return store.transact(() => {
        const instance = pick(store, pattern);
        store.vanish(instance.row, 0);
        store.vanishAll(0);
        return instance;
    });
}

/** Empties the world: what stands, the log and the faults. */
export function clear(store: Store): void {
    store.transact(() => {
        for (const table of ["instances", "creations", "operations", "faults"]) {
            store.query(`DELETE FROM ${table}`);
        }
    });
}

/** The log, in the order in which the operations began. */
export function operations(store: Store, after = 0): LoggedOperation[] {
    return store
        .query("SELECT * FROM operations WHERE sequence > ? ORDER BY sequence", after)
        .map((row) => ({
            sequence: Number(row["sequence"]),
            kind: String(row["kind"]),
            type: String(row["type"]),
            urn: String(row["urn"]),
            id: String(row["id"]),
            seconds: Number(row["seconds"]),
            scale: Number(row["scale"]),
            began: Number(row["began"]),
            ended: Number(row["ended"]),
            ...(row["error"] !== null && { error: String(row["error"]) }),
        }));
}

/** Every secret value that stands in the world, so that tests can look for it where it must not be. */
export function secretValues(store: Store): string[] {
    const values = store.instances().flatMap((one) => difference(one.outputs, masked(one)));
    // Shorter ones, like a port, would be found everywhere.
    return [...new Set(values)].filter((value) => value.length >= 8);
}

function difference(clear: Json | undefined, hidden: Json | undefined): string[] {
    if (hidden === MASK) return leaves(clear);
    if (Array.isArray(clear) && Array.isArray(hidden)) {
        return clear.flatMap((value, index) => difference(value, hidden[index]));
    }
    if (!isObject(clear) || !isObject(hidden)) return [];
    return Object.keys(clear).flatMap((key) => difference(clear[key], hidden[key]));
}

function leaves(value: Json | undefined): string[] {
    if (typeof value === "string") return [value];
    if (Array.isArray(value)) return value.flatMap((element) => leaves(element));
    return isObject(value) ? Object.values(value).flatMap((element) => leaves(element)) : [];
}
