/** Plain JSON, as the engine sends it. */
export type Json =
    null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
export type Inputs = { readonly [key: string]: Json };

/** One thing broken in a good resource, and what has to be found then. */
export interface Break {
    /** What is done, to complete "fails if …". */
    readonly title: string;
    /** The input that is changed; `undefined` takes it away. */
    readonly set: readonly [path: string, value: Json | undefined];
    /** Where the findings stand, in order. */
    readonly at: readonly string[];
}

/** A resource that keeps a rule, and ways to break it. */
export interface Example {
    /** A token as the engine sends it, not normalised. */
    readonly type: string;
    readonly good: Inputs;
    readonly breaks: readonly Break[];
    /** The input which, if unknown, leaves the rule undecided; left out where nothing can. */
    readonly undecided?: string;
}

/** Parses `a.b[0]` and `a["b.c"]`. */
function steps(path: string): readonly (string | number)[] {
    return [...path.matchAll(/\["([^"]+)"\]|\[(\d+)\]|([^.[\]]+)/g)].map(
        ([, quoted, index, plain]) => quoted ?? (index === undefined ? plain! : Number(index)),
    );
}

/** A copy with one place changed. */
export function change(inputs: Inputs, path: string, value: Json | undefined): Inputs {
    const copy = structuredClone(inputs);
    const keys = steps(path);
    let place = copy as Record<string | number, unknown>;
    for (const key of keys.slice(0, -1)) {
        place[key] ??= {};
        place = place[key] as Record<string | number, unknown>;
    }
    const last = keys.at(-1)!;
    if (value === undefined) delete place[last];
    else place[last] = value;
    return copy;
}

/** The paths of everything in it, containers and leaves. */
export function placesOf(value: Json, path = ""): readonly string[] {
    const below = Array.isArray(value)
        ? value.flatMap((element: Json, index) => placesOf(element, `${path}[${index}]`))
        : typeof value === "object" && value !== null
          ? Object.entries(value).flatMap(([key, child]) =>
                placesOf(
                    child,
                    /^[\w$-]+$/.test(key)
                        ? path === ""
                            ? key
                            : `${path}.${key}`
                        : `${path}["${key}"]`,
                ),
            )
          : [];
    return path === "" ? below : [path, ...below];
}

/** An AWS policy document with one statement. */
export function document(statement: Inputs): string {
    return JSON.stringify({
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", ...statement }],
    });
}
