import { diffInputs } from "../../../simulator/diff.ts";
import { isWithin, overlay, parsePath, renderPath, type Path } from "../../../simulator/paths.ts";
import {
    UNKNOWN as UNKNOWN_VALUE,
    type Json as TableJson,
    type Properties,
} from "../../../simulator/table.ts";
import { isList, isObject } from "../mask.ts";
import { SECRET, UNKNOWN, type Json, type JsonObject, type Masked } from "../model.ts";
import { by } from "../order.ts";
import type { ValueChange } from "./model.ts";

/** Stands for a secret while values are compared, so that a text which reads like the marker is told apart. */
const SECRET_VALUE = "\u0000secret";

/** How to compare the values of a resource. */
export interface DiffOptions {
    /** The paths of values that can be changed only by making the resource anew. */
    readonly immutable?: readonly string[];
    /** The paths whose changes the program ignores. */
    readonly ignored?: readonly string[];
    /** What holds where nothing is said. */
    readonly defaults?: Properties;
}

/** The values that differ as far as they can be seen. What is hidden in both counts as the same here. */
export function diffValues(
    base: Masked,
    head: Masked,
    { immutable = [], ignored = [], defaults = {} }: DiffOptions = {},
): readonly ValueChange[] {
    const [olds, news] = [comparable(base), comparable(head)];
    const full = diffInputs({ immutable }, overlay(defaults, olds), overlay(defaults, news));
    const replacing = new Set(
        full.filter(({ replaces }) => replaces).map(({ path }) => renderPath(path)),
    );
    return diffInputs({ immutable }, olds, news, ignored)
        .map(({ path, kind }): ValueChange => {
            const [old, now] = [at(base.values, path), at(head.values, path)];
            const text = renderPath(path);
            return {
                path: text,
                kind,
                ...(kind !== "add" && old !== undefined && { old }),
                ...(kind !== "delete" && now !== undefined && { new: now }),
                certainty: isUnknownAt(base, text) || isUnknownAt(head, text) ? "may" : "will",
                replaces: replacing.has(text),
                hidden: false,
            };
        })
        .sort(by(({ path }) => path));
}

/** The paths that are hidden in both, and by what. */
export function hiddenInBoth(base: Masked, head: Masked): readonly (readonly [string, string])[] {
    const shared = (left: readonly string[], right: readonly string[], marker: string) =>
        left.filter((path) => right.includes(path)).map((path) => [path, marker] as const);
    return [
        ...shared(base.secrets, head.secrets, SECRET),
        ...shared(base.unknowns, head.unknowns, UNKNOWN),
    ];
}

/** True if a value at this path is one of those that the patterns name. */
export function isAmong(path: string, patterns: readonly string[]): boolean {
    return patterns.some((pattern) => isWithin(parsePath(path), pattern));
}

/** The values with marks in place of what is hidden, as the simulated clouds' tables expect them. */
export function comparable({ values, secrets, unknowns }: Masked): Properties {
    const marks = new Map([
        ...secrets.map((path) => [path, SECRET_VALUE] as const),
        ...unknowns.map((path) => [path, UNKNOWN_VALUE] as const),
    ]);
    const copy = (value: Json, path: Path): TableJson => {
        const mark = path.length > 0 ? marks.get(renderPath(path)) : undefined;
        if (mark !== undefined) return mark;
        if (isList(value)) return value.map((item, index) => copy(item, [...path, index]));
        return isObject(value) ? copyAll(value, path) : value;
    };
    const copyAll = (object: JsonObject, path: Path): Properties =>
        Object.fromEntries(
            Object.entries(object).map(([key, value]) => [key, copy(value, [...path, key])]),
        );
    return copyAll(values, []);
}

function at(values: JsonObject, path: Path): Json | undefined {
    return path.reduce<Json | undefined>((value, part) => {
        if (isList(value)) return value[Number(part)];
        return isObject(value) ? value[part] : undefined;
    }, values);
}

function isUnknownAt({ unknowns }: Masked, path: string): boolean {
    return unknowns.includes(path);
}
