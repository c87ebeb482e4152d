import type { Value } from "../../../runtime/reader.ts";
import type { StackResource } from "../../../runtime/stack.ts";
import { amount, type Amount } from "../../scale.ts";
import type { Allocatable, Machine } from "../machines/machine.ts";

/** A pool of nodes of one cluster. */
export interface Pool {
    /** What bears the findings: the pool's own resource, or the cluster that it stands in. */
    readonly resource: StackResource;
    /** Where the pool stands in it. */
    readonly at: Value;
    /** Where it says how many nodes there may be. */
    readonly count: Value;
    /** How many nodes there may be, without those of an update. */
    readonly nodes: Amount;
    /** How many more an update adds. */
    readonly surge: Amount;
    /** How many pods a node takes. */
    readonly pods: Amount;
    /** The machines that it may consist of, as far as the tables have them. */
    readonly machines: readonly Machine[];
    /** What each of them leaves for pods. */
    readonly offers: readonly Allocatable[];
    /** Where a machine stands that is not known, or not in the tables. */
    readonly unknown: string | undefined;
}

/** The pools of a cluster. */
export interface NodePools {
    readonly cluster: StackResource;
    readonly pools: readonly Pool[];
    /** Where it is said that there may be nodes besides. */
    readonly doubt: string | undefined;
}

/** A number that stands somewhere, or unknown where nothing does. */
export function required(value: Value): Amount {
    return value.state === "absent" ? { unknown: value.path } : amount(value, 0);
}

/** A number, or a percentage of the nodes, rounded up. */
export function surgeAt(value: Value, nodes: Amount, absent: string): Amount {
    const text = value.text();
    if (typeof nodes === "object") return nodes;
    const given = value.state === "absent" ? absent : text.state === "known" ? text.value : "";
    const percent = /^(\d{1,3})%$/.exec(given)?.[1];
    if (percent !== undefined) return Math.ceil((Number(percent) * nodes) / 100);
    return value.state === "absent" ? Number(absent) : amount(value, 0);
}

/** Reads machine types by a table. */
export function machinesBy(
    names: readonly Value[],
    table: (name: string) => Machine | undefined,
): { readonly machines: readonly Machine[]; readonly unknown: string | undefined } {
    const machines: Machine[] = [];
    let unknown: string | undefined;
    for (const name of names) {
        const text = name.text();
        const machine = text.state === "known" ? table(text.value) : undefined;
        if (machine === undefined) unknown ??= name.path;
        else machines.push(machine);
    }
    return { machines, unknown };
}
