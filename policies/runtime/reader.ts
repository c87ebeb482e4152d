import { own, unwrapped } from "./raw.ts";
import { search, type Steps, type Tests } from "./texts.ts";
import { holdsUnknown } from "./unknowns.ts";

/** What stands at a place: a value of the expected kind, nothing, or something that cannot be judged yet. */
export type Reading<T> =
    | { readonly state: "known"; readonly value: T }
    | { readonly state: "absent" }
    | { readonly state: "unknown" };

/**
 * Whether a value is a Pulumi secret. "unrecorded" means that nobody told the pack, because the engine hands secrets to
 * validations unwrapped and only to remediations marked.
 */
export type Secrecy = "secret" | "plain" | "unrecorded";

/** Bridged providers take all of these for true or false when they are written as text. */
const ON = ["1", "t", "T", "true", "TRUE", "True"];
const OFF = ["0", "f", "F", "false", "FALSE", "False"];
const FLAGS: ReadonlyMap<unknown, boolean> = new Map<unknown, boolean>([
    ...[true, ...ON].map((word) => [word, true] as const),
    ...[false, ...OFF].map((word) => [word, false] as const),
]);

const ABSENT = { state: "absent" } as const;
const UNKNOWN = { state: "unknown" } as const;

/** Stands for what cannot be read, such as an unknown document or a value of an unexpected shape. */
const OPAQUE: unique symbol = Symbol("opaque");

/** The path of a child, as users write it: `spec.containers[0]`, `data["tls.key"]`. */
export function childPath(path: string, key: string | number): string {
    if (typeof key === "number") return `${path}[${key}]`;
    if (!/^[A-Za-z_$][\w$-]*$/.test(key)) return `${path}[${JSON.stringify(key)}]`;
    return path === "" ? key : `${path}.${key}`;
}

/**
 * One place in a resource's properties, and the only way in which rules look at them.
 *
 * Reading never throws, whatever the shape. A value of an unexpected kind counts as unknown: a rule fails only on what it
 * knows to be bad, and passes only on what it knows to be good.
 */
export class Value {
    readonly #raw: unknown;
    readonly #secrets: ReadonlySet<string> | undefined;
    readonly #inSecret: boolean;
    readonly #parent: Value | undefined;
    /** The path of a root, the key of a child. Most paths are never asked for, so they are put together late. */
    readonly #place: string | number;

    /**
     * @param raw what stands here
     * @param secrets the paths of all secrets of the resource, or undefined if nobody recorded them
     */
    constructor(
        raw: unknown,
        secrets?: ReadonlySet<string>,
        path: string | number = "",
        inSecret = false,
        parent?: Value,
    ) {
        this.#raw =
            parent === undefined && typeof raw === "object" && raw !== null ? unwrapped(raw) : raw;
        this.#secrets = secrets;
        this.#parent = parent;
        this.#place = path;
        this.#inSecret =
            inSecret || (secrets !== undefined && secrets.size > 0 && secrets.has(this.path));
    }

    /** Where this stands, for messages. */
    get path(): string {
        return this.#parent === undefined
            ? String(this.#place)
            : childPath(this.#parent.path, this.#place);
    }

    /** Known means that something stands here; whether it is of the expected kind, `text` and the others say. */
    get state(): "known" | "absent" | "unknown" {
        if (this.#raw === undefined || this.#raw === null) return "absent";
        if (this.#raw === OPAQUE) return "unknown";
        return typeof this.#raw === "string" && holdsUnknown(this.#raw) ? "unknown" : "known";
    }

    get secrecy(): Secrecy {
        if (this.#secrets === undefined) return "unrecorded";
        return this.#inSecret ? "secret" : "plain";
    }

    /** The property of this name. */
    get(key: string): Value {
        if (this.state !== "known") return this.#child(key, this.#raw);
        const isMap = typeof this.#raw === "object" && !Array.isArray(this.#raw);
        return isMap ? this.#step(key) : this.#child(key, OPAQUE);
    }

    /** The property at a dotted path: `vpcConfig.publicAccessCidrs`. */
    at(path: string): Value {
        return stepsIn(path).reduce<Value>((value, key) => value.get(key), this);
    }

    text(): Reading<string> {
        return this.#read((raw) => (typeof raw === "string" ? raw : undefined));
    }

    flag(): Reading<boolean> {
        return this.#read((raw) => FLAGS.get(raw));
    }

    number(): Reading<number> {
        return this.#read((raw) => {
            const value = typeof raw === "string" && raw.trim() !== "" ? Number(raw) : raw;
            return typeof value === "number" && Number.isFinite(value) ? value : undefined;
        });
    }

    /** The elements, each of which may be unknown itself. */
    list(): Reading<readonly Value[]> {
        return this.#read((raw) => (Array.isArray(raw) ? this.#elements(raw.length) : undefined));
    }

    /** The elements, or the value itself as the only one, for documents that allow both. */
    oneOrMany(): Reading<readonly Value[]> {
        return Array.isArray(this.#raw) || this.state !== "known"
            ? this.list()
            : { state: "known", value: [this] };
    }

    /** The names of the properties. */
    keys(): Reading<readonly string[]> {
        return this.#read((raw) =>
            typeof raw === "object" && raw !== null && !Array.isArray(raw)
                ? Object.keys(raw)
                : undefined,
        );
    }

    /** The properties by name. */
    entries(): Reading<readonly (readonly [string, Value])[]> {
        const keys = this.keys();
        return keys.state === "known"
            ? {
                  state: "known",
                  value: keys.value.map((key) => [key, this.#step(key)] as const),
              }
            : keys;
    }

    /**
     * The known texts below that pass a test, which is told the name that each text goes by.
     *
     * Cheap enough for every text of every resource, because it makes a `Value` only of those that pass.
     */
    texts(text: (name: string, text: string) => boolean): readonly Value[] {
        return this.search({ text }).texts;
    }

    /** The same, and in the same walk the properties below, at any depth, whose names pass a test. */
    search(tests: Tests): { readonly texts: readonly Value[]; readonly named: readonly Value[] } {
        if (typeof this.#raw !== "object" || this.#raw === null) return { texts: [], named: [] };
        const { texts, named } = search(this.#raw, tests);
        return {
            texts: this.#along(texts).filter(({ state }) => state === "known"),
            named: this.#along(named),
        };
    }

    /** The document in a string of JSON. Some providers take the document as an object too. */
    json(): Value {
        if (this.state !== "known" || typeof this.#raw === "object") return this;
        return new Value(
            typeof this.#raw === "string" ? parsed(this.#raw) : OPAQUE,
            this.#secrets,
            this.path,
            this.#inSecret,
        );
    }

    #along(ways: readonly Steps[]): readonly Value[] {
        return ways.map((steps) => steps.reduce<Value>((value, step) => value.#step(step), this));
    }

    /** Unlike map, this meets the holes of sparse arrays too. */
    #elements(count: number): readonly Value[] {
        const elements: Value[] = [];
        for (let index = 0; index < count; index++) elements.push(this.#step(index));
        return elements;
    }

    #step(key: string | number): Value {
        return this.#child(key, own(this.#raw as object, key));
    }

    #child(key: string | number, raw: unknown): Value {
        return new Value(raw, this.#secrets, key, this.#inSecret, this);
    }

    #read<T>(pick: (raw: unknown) => T | undefined): Reading<T> {
        if (this.state !== "known") return this.state === "absent" ? ABSENT : UNKNOWN;
        const value = pick(this.#raw);
        return value === undefined ? UNKNOWN : { state: "known", value };
    }
}

/** The documents that were read last: one rule after the other reads the same of a resource, and none writes. */
const DOCUMENTS = new Map<string, unknown>();
const MOST_DOCUMENTS = 64;

function parsed(text: string): unknown {
    let document = DOCUMENTS.get(text);
    if (document === undefined) {
        if (DOCUMENTS.size >= MOST_DOCUMENTS) DOCUMENTS.clear();
        DOCUMENTS.set(text, (document = parse(text)));
    }
    return document;
}

function parse(text: string): unknown {
    try {
        return JSON.parse(text);
    } catch {
        return OPAQUE;
    }
}

/** Rules name the same few paths for every resource. */
const STEPS = new Map<string, readonly string[]>();

function stepsIn(path: string): readonly string[] {
    let steps = STEPS.get(path);
    if (steps === undefined) STEPS.set(path, (steps = path.split(".")));
    return steps;
}
