/** Deeper than any resource; a guard against endless walks. */
const DEEPEST = 64;

/** The keys that lead to a place. */
export type Steps = readonly (string | number)[];

type Read = (root: object, key: string) => unknown;

/** What a search looks for, where it is, and what it has found. */
interface Search {
    readonly test: (name: string, text: string) => boolean;
    readonly steps: (string | number)[];
    readonly found: Steps[];
}

/**
 * The ways to those texts that pass a test, which is told the name that each text goes by.
 *
 * This looks at every text of every resource, so it makes nothing on its way: no `Value`, no path, no list of entries.
 *
 * @param read reads a property of the root, which may not be read like what stands in it
 */
export function findTexts(root: object, test: Search["test"], read: Read): readonly Steps[] {
    const search: Search = { test, steps: [], found: [] };
    if (Array.isArray(root)) enter(root, "", search);
    else enterRoot(root, read, search);
    return search.found;
}

function enterRoot(root: object, read: Read, search: Search): void {
    for (const key of Object.keys(root)) {
        const name = key === "value" ? read(root, "name") : key;
        look(read(root, key), key, typeof name === "string" ? name : key, search);
    }
}

function look(place: unknown, key: string | number, name: string, search: Search): void {
    if (typeof place === "string") {
        if (search.test(name, place)) search.found.push([...search.steps, key]);
        return;
    }
    if (typeof place !== "object" || place === null || search.steps.length > DEEPEST) return;
    search.steps.push(key);
    enter(place, name, search);
    search.steps.pop();
}

function enter(place: object, name: string, search: Search): void {
    if (Array.isArray(place)) {
        for (let index = 0; index < place.length; index++) look(place[index], index, name, search);
        return;
    }
    const map = place as Readonly<Record<string, unknown>>;
    for (const key of Object.keys(map)) look(map[key], key, nameOf(key, map), search);
}

/** Environment variables and the like give the name of a value beside it. */
function nameOf(key: string, map: Readonly<Record<string, unknown>>): string {
    const name = key === "value" ? map["name"] : key;
    return typeof name === "string" ? name : key;
}
