import { Document } from "yaml";
import { isMapping } from "../../../components/settings/shape.ts";

/** The most that prettier leaves in one line. */
const WIDTH = 100;

/** A value in one line: `{ live: /healthz, ready: /readyz }`. */
export function inline(value: unknown): string {
    if (Array.isArray(value)) return `[${value.map(inline).join(", ")}]`;
    if (!isMapping(value)) return scalar(value);
    const pairs = Object.entries(value).map(([key, inner]) => `${scalar(key)}: ${inline(inner)}`);
    return pairs.length === 0 ? "{}" : `{ ${pairs.join(", ")} }`;
}

/** A single value, in quotes where any reader of YAML, also of its older version, would take it for something else. */
function scalar(value: unknown): string {
    const document = new Document(undefined, { version: "1.1" });
    // What stands in brackets may not hold what ends them, and is right outside of them as well.
    document.contents = document.createNode([value], { flow: true });
    const text = document.toString({
        lineWidth: 0,
        flowCollectionPadding: false,
        directives: false,
    });
    return text.trim().slice(1, -1);
}

/** What a group or a list holds; nothing for a single value. */
function itemsOf(value: unknown): readonly unknown[] {
    if (isMapping(value)) return Object.values(value);
    return Array.isArray(value) ? value : [];
}

/** True for what reads well in one line: nothing in it holds further groups. */
function isPlain(value: unknown): boolean {
    return itemsOf(value).every((item) => {
        if (isMapping(item)) return Object.keys(item).length === 0;
        return !Array.isArray(item) || item.every((one) => !isMapping(one) && !Array.isArray(one));
    });
}

/** How lines are written. */
export interface Layout {
    /** The column of the key. */
    readonly indent: number;
    /** How much further to the right what is below it stands. */
    readonly step: number;
    /** How many levels of groups have a line for each key, however short they are. */
    readonly open: number;
}

/** A key with its value as lines of a block, as prettier leaves them. */
export function block(key: string, value: unknown, layout: Layout): readonly string[] {
    const { indent, step, open } = layout;
    const start = `${" ".repeat(indent)}${scalar(key)}:`;
    const line = `${start} ${inline(value)}`;
    const isShort = line.length <= WIDTH && isPlain(value);
    if (isMapping(value) && Object.keys(value).length > 0 && (open > 0 || !isShort)) {
        const below = { indent: indent + step, step, open: open - 1 };
        const lines = Object.entries(value).flatMap(([name, one]) => block(name, one, below));
        return [start, ...lines];
    }
    if (!Array.isArray(value) || isShort) return [line];
    const margin = " ".repeat(indent + step);
    return [start, ...value.map((item) => `${margin}- ${inline(item)}`)];
}
