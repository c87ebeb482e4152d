import { TAG_PLACES } from "../../../policies/rules/tags/places.ts";
import { get, parsePath, renderPath } from "../../../simulator/paths.ts";
import { isObject } from "../mask.ts";
import type { Json, JsonObject, PlannedResource } from "../model.ts";
import { inputsOf } from "./changes.ts";
import type { ValueChange } from "./model.ts";
import type { Pair } from "./pairs.ts";
import { comparable, isAmong } from "./values.ts";

/** Where providers are told the tags that they add to whatever takes tags. */
const DEFAULTS: Readonly<Record<string, readonly string[]>> = {
    "pulumi:providers:aws": ["defaultTags", "tags"],
    "pulumi:providers:gcp": ["defaultLabels"],
};

/** A default tag that differs, by its key. */
type Tag = Pick<ValueChange, "kind" | "old" | "new" | "certainty"> & { readonly key: string };

/**
 * What differs between a provider's default tags. The provider writes them into every resource that it makes, so that an
 * update touches them all, though no input of theirs differs.
 */
export function changedDefaults({ head }: Pair, changes: Iterable<ValueChange>): readonly Tag[] {
    const place = DEFAULTS[head.type];
    if (place === undefined) return [];
    return [...changes].flatMap((change) => tagsIn(change, place));
}

/** The tags that a change is about. A program gives them as a map, and the SDK sends that as a text of JSON. */
function tagsIn(
    { path, kind, old, new: now, certainty }: ValueChange,
    place: readonly string[],
): readonly Tag[] {
    const parts = parsePath(path).map(String);
    if (place.some((part, index) => index < parts.length && parts[index] !== part)) return [];
    const [key] = parts.slice(place.length);
    if (key !== undefined) return [tag(key, old, now, { kind, certainty })];
    const [olds, news] = [old, now].map((value) => inside(value, place.slice(parts.length)));
    const keys = new Set([...Object.keys(olds ?? {}), ...Object.keys(news ?? {})]);
    return [...keys]
        .filter((one) => JSON.stringify(olds?.[one]) !== JSON.stringify(news?.[one]))
        .map((one) => tag(one, olds?.[one], news?.[one], { certainty }));
}

function tag(
    key: string,
    old: Json | undefined,
    now: Json | undefined,
    { kind, certainty }: Partial<Pick<Tag, "kind">> & Pick<Tag, "certainty">,
): Tag {
    return {
        key,
        kind: kind ?? (old === undefined ? "add" : now === undefined ? "delete" : "update"),
        certainty,
        ...(old !== undefined && { old }),
        ...(now !== undefined && { new: now }),
    };
}

function inside(value: Json | undefined, path: readonly string[]): JsonObject | undefined {
    const whole = typeof value === "string" ? fromJson(value) : value;
    if (whole === undefined || !isObject(whole)) return undefined;
    const [first, ...rest] = path;
    return first === undefined ? whole : inside(whole[first], rest);
}

function fromJson(text: string): Json | undefined {
    try {
        return JSON.parse(text) as Json;
    } catch {
        return undefined;
    }
}

/** What the tags of its provider change in a resource: those that it does not say itself. */
export function byDefaults(head: PlannedResource, tags: readonly Tag[]): readonly ValueChange[] {
    const place = TAG_PLACES.get(head.type);
    const { merged } = place ?? {};
    if (place === undefined || merged === undefined) return [];
    const own = get(comparable(inputsOf(head)), place.path);
    const says = (key: string) =>
        typeof own === "object" && own !== null && Object.hasOwn(own, key);
    return tags
        .filter(({ key }) => !says(key))
        .map(({ key, certainty, ...values }): ValueChange => {
            const path = renderPath([merged, key]);
            const sure = typeof own !== "string" && certainty === "will";
            return {
                path,
                ...values,
                certainty: sure ? "will" : "may",
                replaces: false,
                hidden: false,
            };
        })
        .filter(({ path }) => !isAmong(path, head.ignoreChanges));
}
