import type { Value } from "../../runtime/reader.ts";
import { holds, isPresent, knownTexts, or, some, type Truth } from "../../runtime/truth.ts";
import type { Context } from "../rule.ts";

const FOLDED = new Map<string, string>();
const MOST_KEYS = 10_000;

/** One tag by all its spellings: `CostCentre`, `cost-centre`, `cost_centre`. The same few keys come with every resource. */
function folded(key: string): string {
    let found = FOLDED.get(key);
    if (found === undefined) {
        if (FOLDED.size >= MOST_KEYS) FOLDED.clear();
        found = key.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, "");
        FOLDED.set(key, found);
    }
    return found;
}

const WANTED = new WeakMap<Context, readonly string[]>();

/** The keys that an option asks for. */
export function wantedKeys(context: Context): readonly string[] {
    let found = WANTED.get(context);
    if (found === undefined) {
        const keys = context.options.get("tags").list();
        found = knownTexts(keys.state === "known" ? keys.value : []);
        WANTED.set(context, found);
    }
    return found;
}

/** Tags in a map or a list of them, whose keys are read once for all that are looked for. */
export class Tags {
    readonly #value: Value;
    readonly #isList: boolean;
    #keys: ReturnType<Value["keys"]> | undefined;

    constructor(value: Value, isList = false) {
        this.#value = value;
        this.#isList = isList;
    }

    /** Whether a tag of this key stands there, and says something. */
    has(wanted: string): Truth {
        const key = folded(wanted);
        if (this.#isList) {
            return some(this.#value, (tag) => {
                const name = tag.get("key");
                return holds(name, name.text(), (text) => folded(text) === key, false);
            });
        }
        this.#keys ??= this.#value.keys();
        return holds(this.#value, this.#keys, (keys) => this.#hasAmong(keys, key), false);
    }

    #hasAmong(keys: readonly string[], wanted: string): Truth {
        let found: Truth = false;
        for (const key of keys) {
            if (folded(key) === wanted) found = or(found, isPresent(this.#value.get(key)));
        }
        return found;
    }
}

const FOLDED_WANTED = new WeakMap<Context, readonly string[]>();

/**
 * Whether a map holds every tag that is asked for, in so many words. Nearly all maps of a well-kept stack do, so this is
 * told in one pass, before anything is asked tag by tag.
 */
export function holdsAll(tags: Value, context: Context): boolean {
    let wanted = FOLDED_WANTED.get(context);
    if (wanted === undefined) {
        FOLDED_WANTED.set(context, (wanted = wantedKeys(context).map(folded)));
    }
    const keys = tags.keys();
    if (keys.state !== "known") return false;
    const missing = new Set(wanted);
    for (const key of keys.value) {
        const name = folded(key);
        if (missing.has(name) && isPresent(tags.get(key)) === true) missing.delete(name);
    }
    return missing.size === 0;
}
