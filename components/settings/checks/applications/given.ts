import type { SiteContext } from "../../site-context.ts";

type Origins = SiteContext["origins"];

/** What the user wrote of each site, with everything around it, by its origins. */
const known = new WeakMap<Origins, ReadonlySet<string>>();

/** A path and all that it lies in: `a.b[0]`, `a.b` and `a`. */
function around(path: string): string[] {
    const ends = [...path.matchAll(/[.[]/g)].map(({ index }) => path.slice(0, index));
    return [...ends, path];
}

function writtenIn(origins: Origins): ReadonlySet<string> {
    const paths = [...origins]
        .filter(([, origin]) => origin === "stack" || origin === "site")
        .flatMap(([path]) => around(path));
    return new Set(paths);
}

/** True if the user wrote something there, in contrast to a default: the place inside the site, like `applications.shop.replicas`. */
export function isGiven({ key, origins }: Pick<SiteContext, "key" | "origins">, at: string) {
    const written = known.get(origins) ?? writtenIn(origins);
    known.set(origins, written);
    return written.has(`sites.${key}.${at}`);
}
