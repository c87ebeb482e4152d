import type { Origin } from "./types.ts";

type Origins = ReadonlyMap<string, Origin>;

/** Which of the user's layers say something at a place or below it. */
type Said = ReadonlySet<Origin>;

const NOTHING: Said = new Set();

/** What the user wrote of each site, by its origins, so that it is gathered once. */
const indexes = new WeakMap<Origins, ReadonlyMap<string, Said>>();

/** A path and all that it lies in: `a.b[0]`, `a.b` and `a`. */
function around(path: string): string[] {
    const ends = [...path.matchAll(/[.[]/g)].map(({ index }) => path.slice(0, index));
    return [...ends, path];
}

function indexOf(origins: Origins): ReadonlyMap<string, Said> {
    const index = new Map<string, Set<Origin>>();
    for (const [path, origin] of origins) {
        if (origin !== "stack" && origin !== "site") continue;
        for (const place of around(path)) {
            const said = index.get(place) ?? new Set();
            index.set(place, said.add(origin));
        }
    }
    return index;
}

/** Which of the user's layers say something at the path of a site, or below it. */
function saidAt(origins: Origins, path: string): Said {
    const index = indexes.get(origins) ?? indexOf(origins);
    indexes.set(origins, index);
    return index.get(path) ?? NOTHING;
}

/** True if the user wrote something there, in contrast to a default. `at` is the place inside the site: `applications.shop.replicas`. */
export function isGiven(
    { key, origins }: { readonly key: string; readonly origins: Origins },
    at: string,
): boolean {
    return saidAt(origins, `sites.${key}.${at}`).size > 0;
}

/** An entry of a map and the places in it, the innermost first: `applications.shop.schedule`, `applications.shop`. */
function placesOf(at: string): string[] {
    const parts = at.replace(/\[\d+\]$/, "").split(".");
    const least = Math.min(parts.length, 2);
    return parts.slice(least - 1).map((_, cut) => parts.slice(0, parts.length - cut).join("."));
}

/** Where the user wrote it: the stack's path if only the stack says something there or around it, else the site's. */
export function writtenAt(origins: Origins, site: string, at: string): string {
    if (at === "") return site;
    const said = placesOf(at)
        .map((place) => saidAt(origins, `${site}.${place}`))
        .find((layers) => layers.size > 0);
    return said === undefined || said.has("site") ? `${site}.${at}` : at;
}
