import { UNKNOWN, type Json, type Properties } from "./table.ts";

/** Where a value stands: property names, and indices of lists. */
export type Path = readonly (string | number)[];

/** True for a plain object, as opposed to a list, a scalar or nothing. */
export function isObject(value: Json | undefined): value is Properties {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * Splits a path as the tables write it: `vpcConfig.subnetIds[]` → `["vpcConfig", "subnetIds", "[]"]`.
 *
 * A key with a dot or a bracket is quoted, as in `metadata.labels["app.kubernetes.io/name"]`.
 */
export function parsePath(text: string): readonly string[] {
    const known = PARSED.get(text);
    if (known) return known;
    const parts = text.matchAll(/\["((?:[^"\\]|\\.)*)"\]|\[(\d*|\*)\]|([^.[\]]+)/g);
    const parsed = [...parts].map(([, quoted, index, plain]) => {
        if (quoted !== undefined) return quoted.replaceAll(/\\(.)/g, "$1");
        if (index !== undefined) return index === "" ? "[]" : index;
        return plain ?? "";
    });
    PARSED.set(text, parsed);
    return parsed;
}

/** The tables' paths, which are few and asked for all the time. */
const PARSED = new Map<string, readonly string[]>();

/** Writes a path as Pulumi does in previews: `tags["kubernetes.io/role/elb"]`, `subnetIds[0]`. */
export function renderPath(path: Path): string {
    return path.reduce<string>((text, part) => {
        if (typeof part === "number") return `${text}[${part}]`;
        if (!/^[A-Za-z_][\w-]*$/.test(part)) return `${text}[${JSON.stringify(part)}]`;
        return text === "" ? part : `${text}.${part}`;
    }, "");
}

/**
 * Every value a table's path leads to.
 *
 * A part that is missing ends there with `undefined`, so that the caller can tell "not given"; an empty or missing list
 * under `[]` leads nowhere.
 */
export function reach(
    root: Json | undefined,
    path: string,
): { path: Path; value: Json | undefined }[] {
    let found: { path: Path; value: Json | undefined }[] = [{ path: [], value: root }];
    for (const part of parsePath(path)) {
        found = found.flatMap(({ path: at, value }) =>
            step(value, part).map((next) => ({ path: [...at, next.key], value: next.value })),
        );
    }
    return found;
}

function step(
    value: Json | undefined,
    part: string,
): { key: string | number; value: Json | undefined }[] {
    if (part === "[]" || part === "*") {
        if (Array.isArray(value)) return value.map((element, key) => ({ key, value: element }));
        if (part === "*" && isObject(value)) {
            return Object.entries(value).map(([key, element]) => ({ key, value: element }));
        }
        // An unknown list must be let through, but a caller that looks for unknowns must see it.
        return value === UNKNOWN ? [{ key: part, value }] : [];
    }
    if (Array.isArray(value)) return [{ key: Number(part), value: value[Number(part)] }];
    if (isObject(value)) return [{ key: part, value: value[part] }];
    // Below an unknown everything is unknown.
    return [{ key: part, value: value === UNKNOWN ? value : undefined }];
}

/** The one value at a path without `[]` or `*`. */
export function get(root: Json | undefined, path: string): Json | undefined {
    return parsePath(path).reduce<Json | undefined>((value, part) => {
        if (Array.isArray(value)) return value[Number(part)];
        return isObject(value) ? value[part] : undefined;
    }, root);
}

/** A copy in which the value at the path is this; `undefined` takes it out. */
export function set(root: Properties, path: string, value: Json | undefined): Properties {
    const copy = structuredClone(root);
    const parts = parsePath(path);
    const last = parts.at(-1) ?? "";
    let at: Properties | Json[] = copy;
    for (const part of parts.slice(0, -1)) {
        const next: Json | undefined = Array.isArray(at) ? at[Number(part)] : at[part];
        if (Array.isArray(next) || isObject(next)) {
            at = next;
        } else {
            const made: Properties = {};
            if (Array.isArray(at)) at[Number(part)] = made;
            else at[part] = made;
            at = made;
        }
    }
    if (Array.isArray(at)) {
        if (value === undefined) at.splice(Number(last), 1);
        else at[Number(last)] = value;
    } else if (value === undefined) {
        delete at[last];
    } else {
        at[last] = value;
    }
    return copy;
}

/** True if the path stands at, or below, what the table's path names; `*` and `[]` stand for one key or index. */
export function isWithin(path: Path, pattern: string): boolean {
    return parsePath(pattern).every(
        (part, index) =>
            index < path.length &&
            (part === "*" || part === "[]" || part === String(path[index] ?? "")),
    );
}

/** Lays one tree over another: objects are merged key by key, everything else is taken from above. */
export function overlay(below: Properties, above: Properties): Properties {
    const merged: Properties = { ...below };
    for (const [key, value] of Object.entries(above)) {
        const under = merged[key];
        merged[key] = isObject(under) && isObject(value) ? overlay(under, value) : value;
    }
    return merged;
}

/** Equality of JSON values; the order of keys does not matter, that of lists does. */
export function same(left: Json | undefined, right: Json | undefined): boolean {
    if (left === right) return true;
    if (Array.isArray(left) && Array.isArray(right)) {
        return (
            left.length === right.length && left.every((value, index) => same(value, right[index]))
        );
    }
    if (!isObject(left) || !isObject(right)) return false;
    const keys = Object.keys(left);
    return (
        keys.length === Object.keys(right).length &&
        keys.every((key) => key in right && same(left[key], right[key]))
    );
}

/** True if a predicate holds for any leaf of the tree. */
export function some(value: Json | undefined, predicate: (leaf: Json) => boolean): boolean {
    if (value === undefined) return false;
    if (Array.isArray(value)) return value.some((element) => some(element, predicate));
    if (isObject(value)) return Object.values(value).some((element) => some(element, predicate));
    return predicate(value);
}

/** Makes a tree such that nobody can change it, for those who share it. */
export function freeze<T extends object>(value: T): T {
    for (const inner of Object.values(value) as unknown[]) {
        if (typeof inner === "object" && inner !== null) freeze(inner);
    }
    return Object.freeze(value);
}
