import { parsePath } from "../../../../simulator/paths.ts";
import { isList, isObject } from "../../mask.ts";
import { SECRET, UNKNOWN, type Json, type PlannedResource } from "../../model.ts";

/** The value of an input by its path, `spec.containers[0].image`; undefined if it is missing, secret or unknown. */
export function input({ inputs }: PlannedResource, path: string): Json | undefined {
    return inside(inputs, path);
}

/** True if nobody can tell what an input says, as it, or what it stands in, is secret or unknown. */
export function isHidden({ secrets, unknowns }: PlannedResource, path: string): boolean {
    return [...secrets, ...unknowns].some(
        (one) => path === one || path.startsWith(`${one}.`) || path.startsWith(`${one}[`),
    );
}

/** The value at a path below another. */
export function inside(root: Json, path: string): Json | undefined {
    let value: Json | undefined = root;
    for (const part of parsePath(path)) {
        if (isList(value)) value = value[Number(part)];
        else value = isObject(value) && Object.hasOwn(value, part) ? value[part] : undefined;
    }
    return value === SECRET || value === UNKNOWN ? undefined : value;
}

/** The first of several inputs that says something, as text. */
export function text(resource: PlannedResource, ...paths: readonly string[]): string | undefined {
    for (const path of paths) {
        const value = input(resource, path);
        if (typeof value === "string" && value !== "") return value;
        if (typeof value === "number") return String(value);
    }
    return undefined;
}

/** The items of a list among the inputs. */
export function items(resource: PlannedResource, path: string): readonly Json[] {
    const value = input(resource, path);
    return isList(value) ? value : [];
}

/** `3–10`, or a dash where nothing is known. */
export function range(least: string | undefined, most: string | undefined): string | undefined {
    if (least === undefined || most === undefined) return least ?? most;
    return least === most ? least : `${least}–${most}`;
}

/** The texts that are there. */
export function given(...texts: readonly (string | undefined | false)[]): readonly string[] {
    return texts.filter((one): one is string => typeof one === "string" && one !== "");
}

/** A name without that of its site, which every name in it begins with. */
export function shortName(name: string, site: string): string {
    return name.startsWith(`${site}-`) ? name.slice(site.length + 1) : name;
}
