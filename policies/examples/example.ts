import { stepsOf } from "../runtime/changes.ts";

/** Plain JSON, as the engine sends it. */
export type Json =
    null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
export type Inputs = { readonly [key: string]: Json };

/** What a resource has besides its inputs. */
export interface Traits {
    /** Whether Pulumi protects it. @default true */
    readonly protect?: boolean;
    /** The name of its provider, which in a stack may be one of its resources. @default "site" */
    readonly provider?: string;
}

/** What the rule is told besides the resource. */
export interface Circumstances {
    /** Settings of the rule, over its defaults. */
    readonly options?: Inputs;
    /** The day of the run. @default "2026-11-21" */
    readonly today?: string;
}

/** One thing broken in a good resource, and what has to be found then. */
export interface Break extends Traits, Circumstances {
    /** What is done, to complete "fails if …". */
    readonly title: string;
    /** The input that is changed; `undefined` takes it away. Left out where a trait or an option makes the difference. */
    readonly set?: readonly [path: string, value: Json | undefined];
    /** Where the findings stand, in order. */
    readonly at: readonly string[];
}

/** A resource that keeps a rule, and ways to break it. */
export interface Example extends Traits, Circumstances {
    /** A token as the engine sends it, not normalised. */
    readonly type: string;
    readonly good: Inputs;
    readonly breaks: readonly Break[];
    /** The input which, if unknown, leaves the rule undecided; left out where nothing can. */
    readonly undecided?: string;
}

/** A resource of a stack. */
export interface ExampleResource extends Traits {
    readonly name: string;
    readonly type: string;
    /** What a reference gives is best written as UNKNOWN here, as it is on preview. */
    readonly inputs: Inputs;
    /** By input: the names of the resources that it refers to. */
    readonly references?: Readonly<Record<string, readonly string[]>>;
    /** The name of its parent. */
    readonly parent?: string;
}

/** One thing broken in a good stack, and what has to be found then. */
export interface StackBreak extends Circumstances {
    readonly title: string;
    /** The resource whose input is changed, which takes away the references of that input. */
    readonly set?: readonly [name: string, path: string, value: Json | undefined];
    /** The resource that is taken away. */
    readonly remove?: string;
    readonly add?: ExampleResource;
    /** The resource and what it is given in place of its own traits. */
    readonly traits?: readonly [name: string, traits: Traits];
    /** The names of the resources that are found, and where in them. */
    readonly at: readonly (readonly [name: string, path: string])[];
}

/** Resources that together keep a rule, and ways to break it. */
export interface StackExample extends Circumstances {
    readonly title: string;
    readonly good: readonly ExampleResource[];
    readonly breaks: readonly StackBreak[];
    /** The resource and the input which, if unknown and without reference, leaves the rule undecided. */
    readonly undecided?: readonly [name: string, path: string];
}

/** The sentinel for a value that is known only after the update. */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** A copy with one place changed. */
export function change(inputs: Inputs, path: string, value: Json | undefined): Inputs {
    const copy = structuredClone(inputs);
    const keys = stepsOf(path);
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

/** A broken copy of a stack's resources. */
export function broken(
    resources: readonly ExampleResource[],
    { set, remove, add, traits }: Pick<StackBreak, "set" | "remove" | "add" | "traits">,
): readonly ExampleResource[] {
    const changed = resources
        .filter(({ name }) => name !== remove)
        .map((resource) => {
            const given = traits?.[0] === resource.name ? { ...resource, ...traits[1] } : resource;
            if (set?.[0] !== resource.name) return given;
            const [, path, value] = set;
            const { [String(stepsOf(path)[0])]: _, ...references } = resource.references ?? {};
            return { ...given, inputs: change(resource.inputs, path, value), references };
        });
    return add === undefined ? changed : [...changed, add];
}

/** An AWS policy document with one statement. */
export function document(statement: Inputs): string {
    return JSON.stringify({
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", ...statement }],
    });
}
