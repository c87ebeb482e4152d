/** Deeper than any resource; a guard against endless walks. */
const DEEPEST = 64;

/** The keys that lead to a place. */
export type Steps = readonly (string | number)[];

/** What a search looks for. */
export interface Tests {
    /** Whether to take a text, by the name that it goes by. */
    readonly text?: (name: string, text: string) => boolean;
    /** Whether to take a property, whatever stands there. */
    readonly name?: (name: string) => boolean;
}

/** What a search has found; a property comes before those that stand in it. */
export interface Found {
    readonly texts: readonly Steps[];
    readonly named: readonly Steps[];
}

/** What a search looks for, where it is, and what it has found. */
interface Search {
    readonly text: Tests["text"];
    readonly name: Tests["name"];
    readonly steps: (string | number)[];
    readonly texts: Steps[];
    readonly named: Steps[];
}

/**
 * The ways to those texts and properties that pass a test.
 *
 * This looks at every text of every resource, so it makes nothing on its way: no `Value`, no path, no list of entries.
 */
export function search(root: object, { text, name }: Tests): Found {
    const search: Search = { text, name, steps: [], texts: [], named: [] };
    enter(root, "", search);
    return search;
}

function look(place: unknown, key: string | number, name: string, search: Search): void {
    if (typeof place === "string") {
        if (search.text?.(name, place) === true) search.texts.push([...search.steps, key]);
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
    // Without a list of the keys. What is inherited is no data and is passed over.
    for (const key in map) {
        if (!Object.hasOwn(map, key)) continue;
        if (search.name?.(key) === true) search.named.push([...search.steps, key]);
        look(map[key], key, nameOf(key, map), search);
    }
}

/** Environment variables and the like give the name of a value beside it. */
function nameOf(key: string, map: Readonly<Record<string, unknown>>): string {
    const name = key === "value" ? map["name"] : key;
    return typeof name === "string" ? name : key;
}
