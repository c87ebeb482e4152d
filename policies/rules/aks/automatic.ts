import type { Value } from "../../runtime/reader.ts";
import { and, holds, isOneOf, type Truth } from "../../runtime/truth.ts";

/**
 * Whether what a cluster leaves out is given to it all the same.
 *
 * AKS Automatic (`sku.name`) sets most of what a Standard cluster has to ask for, and Azure adds to that from time to
 * time, so there it is not told. A Standard cluster gets nothing.
 */
export function isPreset(inputs: Value, { path }: Value): Truth {
    return and(isOneOf(inputs.at("sku.name"), ["automatic"], false), { unknown: path });
}

/** Whether a switch of a cluster is on, which by default it is not. */
export function isSwitchedOn(inputs: Value, path: string): Truth {
    const value = inputs.at(path);
    return holds(value, value.flag(), (on) => on, isPreset(inputs, value));
}
