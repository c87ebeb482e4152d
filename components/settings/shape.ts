import type { Problem } from "../lib/problem.ts";
import { nearest } from "./nearest.ts";
import { HIDDEN, join, mayBeSecret, show } from "./words.ts";

/** One value: what it is in words, and how it is read. */
export interface Leaf<T = unknown> {
    readonly kind: "leaf";
    /** What is allowed, so that "… is not <what>" reads well: `a size in GiB`. */
    readonly what: string;
    /** A right value as it is written in YAML. */
    readonly example: string;
    /** The value, or undefined if it is not one. */
    readonly read: (value: unknown) => T | undefined;
    /** A better advice than the example, for mistakes that are known. */
    readonly advise?: (value: unknown) => string | undefined;
    /** True where a credential is written by mistake, so that no message repeats what is wrong there. */
    readonly hidden?: true;
}

/** A group of settings with fixed keys. */
export interface Section<F extends Fields = Fields> {
    readonly kind: "section";
    readonly fields: F;
    /** The keys that a single value stands for, so that `database: main` or `replicas: 3` may be written. */
    readonly short?: readonly string[];
}

/** Entries of one kind under the user's own keys. */
export interface Entries<S extends Shape = Shape> {
    readonly kind: "entries";
    /** What a key has to be. */
    readonly key: Leaf<string>;
    readonly entry: S;
}

/** A list of values, which replaces a weaker layer's list as a whole. */
export interface List<T = unknown> {
    readonly kind: "list";
    readonly item: Leaf<T>;
}

export type Shape = Leaf | Section | Entries | List;

/** A key of a section: its shape, and what the reference page says about it. */
export interface Field<S extends Shape = Shape> {
    readonly shape: S;
    readonly doc: string;
}

export type Fields = Readonly<Record<string, Field>>;

/** What a shape reads; everything may be left out, because a weaker layer may say it. */
export type Read<S extends Shape> =
    S extends Leaf<infer T>
        ? T
        : S extends Section<infer F>
          ? { readonly [K in keyof F]?: Read<F[K]["shape"]> }
          : S extends Entries<infer E>
            ? Readonly<Record<string, Read<E> | null>>
            : S extends List<infer T>
              ? readonly T[]
              : never;

/** Where problems go. `broken` holds the paths whose value was left out because it is wrong. */
export interface Report {
    readonly problems: Problem[];
    readonly broken: Set<string>;
}

export const section = <F extends Fields>(
    fields: F,
    ...short: readonly (string & keyof F)[]
): Section<F> => ({
    kind: "section",
    fields,
    ...(short.length > 0 && { short }),
});

export const entries = <S extends Shape>(key: Leaf<string>, entry: S): Entries<S> => ({
    kind: "entries",
    key,
    entry,
});

export const list = <T>(item: Leaf<T>): List<T> => ({ kind: "list", item });

export const field = <S extends Shape>(shape: S, doc: string): Field<S> => ({ shape, doc });

/** True for what YAML calls a mapping. */
export function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** True for a single value. Only those go to the leaves: a mapping may even have a key `toString`. */
const isScalar = (value: unknown) => ["string", "number", "boolean"].includes(typeof value);

/** Reports a value that is wrong where it stands; nothing of it goes on to later checks. */
function refuseValue(report: Report, path: string, value: string, what: string, fix: string) {
    report.problems.push({ path, value, message: `is not ${what}`, fix });
    report.broken.add(path);
}

function readLeaf(shape: Leaf, value: unknown, path: string, report: Report): unknown {
    const read = isScalar(value) ? shape.read(value) : undefined;
    if (read !== undefined) return read;
    const advice = isScalar(value) ? shape.advise?.(value) : undefined;
    const fix = advice ?? `Write it like ${shape.example}`;
    const shown = shape.hidden ? HIDDEN : show(value, path);
    refuseValue(report, path, shown, shape.what, mayBeSecret(path) ? "Correct it" : fix);
    return undefined;
}

/** A single value in place of a group. It is wrong once, however many keys it stands for. */
function readShort(shape: Section, value: unknown, path: string, report: Report): unknown {
    const result: Record<string, unknown> = {};
    for (const key of shape.short ?? []) {
        const inner = shape.fields[key]?.shape;
        const read = inner && readAny(inner, value, join(path, key), report);
        if (read === undefined) return {};
        result[key] = read;
    }
    return result;
}

function readSection(shape: Section, value: unknown, path: string, report: Report): unknown {
    const known = Object.keys(shape.fields);
    if (shape.short && isScalar(value)) return readShort(shape, value, path, report);
    if (!isMapping(value)) {
        const fix = `Give it one or more of ${known.join(", ")}, or {} for the defaults`;
        refuseValue(report, path, show(value, path), "a group of settings", fix);
        return undefined;
    }
    const result: Record<string, unknown> = {};
    for (const [key, inner] of Object.entries(value)) {
        if (inner === undefined) continue;
        const own = Object.hasOwn(shape.fields, key) ? shape.fields[key] : undefined;
        if (own === undefined) {
            const meant = nearest(
                key,
                known.filter((name) => value[name] === undefined),
            );
            report.problems.push({
                path: join(path, key),
                message: "is not a setting",
                fix: meant
                    ? `Did you mean ${JSON.stringify(meant)}?`
                    : `Remove it; allowed here: ${known.join(", ")}`,
            });
            if (meant) report.broken.add(join(path, meant));
            continue;
        }
        const read = readAny(own.shape, inner, join(path, key), report);
        if (read !== undefined) result[key] = read;
    }
    return result;
}

function readEntries(shape: Entries, value: unknown, path: string, report: Report): unknown {
    if (!isMapping(value)) {
        refuseValue(
            report,
            path,
            show(value, path),
            "a mapping of names to settings",
            "Give every entry a name",
        );
        return undefined;
    }
    const result: Record<string, unknown> = {};
    for (const [key, inner] of Object.entries(value)) {
        const at = join(path, key);
        if (shape.key.read(key) === undefined) {
            const fix = shape.key.advise?.(key) ?? `Write it like ${shape.key.example}`;
            report.problems.push({ path: at, message: `is not ${shape.key.what}`, fix });
            report.broken.add(at);
            continue;
        }
        const read = inner === null ? null : readAny(shape.entry, inner, at, report);
        if (read !== undefined) result[key] = read;
    }
    return result;
}

function readList(shape: List, value: unknown, path: string, report: Report): unknown {
    if (!Array.isArray(value)) {
        refuseValue(
            report,
            path,
            show(value, path),
            "a list",
            `Write it like [${shape.item.example}]`,
        );
        return undefined;
    }
    const items = value.map((item: unknown, at) =>
        readLeaf(shape.item, item, `${path}[${at}]`, report),
    );
    if (items.includes(undefined)) report.broken.add(path);
    return items.filter((item) => item !== undefined);
}

function readAny(shape: Shape, value: unknown, path: string, report: Report): unknown {
    switch (shape.kind) {
        case "leaf":
            return readLeaf(shape, value, path, report);
        case "section":
            return readSection(shape, value, path, report);
        case "entries":
            return readEntries(shape, value, path, report);
        case "list":
            return readList(shape, value, path, report);
    }
}

/**
 * Reads a value by its shape: everything wrong is reported, and only what is right is returned.
 *
 * A mistake in one place hides none elsewhere. `null` passes under the user's own keys: there it drops the entry.
 */
export function readShape<S extends Shape>(
    shape: S,
    value: unknown,
    path: string,
    report: Report,
): Read<S> | undefined {
    // What the functions above build is what Read describes, which the compiler cannot follow through the recursion.
    return readAny(shape, value, path, report) as Read<S> | undefined;
}
