import { isDeepStrictEqual } from "node:util";
import type { Node, YAMLMap, YAMLSeq } from "yaml";
import { isMap, isScalar, isSeq, parseDocument } from "yaml";
import { NAMESPACE } from "../../../components/settings/namespace.ts";
import { isMapping } from "../../../components/settings/shape.ts";
import { UserError } from "../../lib/user-error.ts";
import type { Edit } from "./place.ts";
import {
    columnOf,
    endOf,
    insertion,
    isBlockMap,
    lineBehind,
    newlineOf,
    pairOf,
    startOf,
} from "./place.ts";
import { block, inline } from "./render.ts";

/** How far settings are indented where a file does not show it yet. */
const STEP = 4;

const BY_HAND = { indent: 0, step: STEP, open: 2 };

/** Where a setting is: `["applications", "shop", "image"]`. */
type SettingPath = readonly string[];

export type Settings = Readonly<Record<string, unknown>>;

/** What to do with a setting: give it a value, or add an item to its list. */
export type Change =
    | { readonly at: SettingPath; readonly value: unknown }
    | { readonly at: SettingPath; readonly item: string };

/**
 * Changes settings in the text of a stack file. All other bytes stay as they are: the changes are put between them, at
 * the places that the parser tells.
 */
export function changeSettings(text: string, changes: readonly Change[]): string {
    return changes.reduce(changeOne, text);
}

function changeOne(text: string, change: Change): string {
    const root = parseDocument(text).contents;
    const edit = isMap(root) ? editFor(text, root as YAMLMap, change) : undefined;
    const changed = edit && `${text.slice(0, edit.from)}${edit.text}${text.slice(edit.to)}`;
    if (changed === undefined || !saysSo(text, changed, change)) throw refusal(change);
    return changed;
}

function refusal(change: Change): UserError {
    const [key = "", ...rest] = change.at;
    const lines = block(`${NAMESPACE}:${key}`, nested(rest, change), BY_HAND).join("\n");
    return new UserError(
        "The stack's file is written in a way that cannot be added to. Write this below config: by hand:" +
            `\n\n${lines}`,
        2,
    );
}

/** What a change says, below the keys that lead to it. */
function nested(keys: readonly string[], change: Change): unknown {
    const value = "item" in change ? [change.item] : change.value;
    return keys.reduceRight<unknown>((inner, key) => ({ [key]: inner }), value);
}

/** Both names of a setting: the engine reads one without a namespace as the project's. */
function keysAt(path: SettingPath, depth: number): readonly string[] {
    const key = path[depth] ?? "";
    return depth === 0 ? [`${NAMESPACE}:${key}`, key] : [key];
}

/** What of a path a file has already: the innermost mapping, and how deep it is. */
interface Found {
    readonly map: YAMLMap;
    readonly depth: number;
    /** What stands at the next key, if anything does. */
    readonly pair: ReturnType<typeof pairOf>;
}

function find(root: YAMLMap, path: SettingPath): Found | undefined {
    const config = pairOf(root, ["config"]);
    if (config === undefined || !isBlockMap(config.value)) return undefined;
    let map: YAMLMap = config.value;
    for (let depth = 0; ; depth += 1) {
        const pair = pairOf(map, keysAt(path, depth));
        const inner = pair?.value;
        const isOpen = isMap(inner) && inner.items.length > 0;
        if (!isOpen || depth === path.length - 1) return { map, depth, pair };
        map = inner as YAMLMap;
    }
}

function editFor(text: string, root: YAMLMap, change: Change): Edit | undefined {
    const found = find(root, change.at);
    if (found === undefined) return undefined;
    const { map, depth, pair } = found;
    const rest = change.at.slice(depth + 1);
    const whole = nested(rest, change);
    const entry = { key: keysAt(change.at, depth)[0]!, value: whole, open: rest.length + 1 };
    if (pair === undefined) return added(text, map, entry);
    const there = pair.value;
    if (isEmpty(there)) return filled(text, map, startOf(pair.key), there, entry);
    if (rest.length > 0) return undefined;
    if (isScalar(there)) return { from: startOf(there), to: endOf(there), text: inline(whole) };
    return "item" in change && isSeq(there) ? itemAdded(text, there, change.item) : undefined;
}

/** What to write below a key. */
interface Entry {
    readonly key: string;
    readonly value: unknown;
    readonly open: number;
}

function isEmpty(node: Node | null): boolean {
    return (
        node === null ||
        (isScalar(node) && node.value === null) ||
        (isMap(node) && node.items.length === 0)
    );
}

/** A further pair behind the last one of a mapping. */
function added(text: string, map: YAMLMap, { key, value, open }: Entry): Edit {
    const items = map.items as Parameters<typeof endOf>[0][];
    const end = endOf(items.at(-1)!);
    if (map.flow === true) {
        return { from: end, to: end, text: `, ${inline({ [key]: value }).slice(2, -2)}` };
    }
    const indent = columnOf(text, startOf(map));
    const lines = block(key, value, { indent, step: stepOf(text, map), open });
    return insertion(text, lineBehind(text, end, indent), lines);
}

/** A value for a key that has none, or an empty one. A comment behind it stays behind the key. */
function filled(text: string, map: YAMLMap, at: number, there: Node | null, entry: Entry): Edit {
    const { key, value, open } = entry;
    const from = at + text.slice(at).search(/:(\s|$)/) + 1;
    const to = isMap(there) ? endOf(there) : from;
    if (map.flow === true) return { from, to, text: ` ${inline(value)}` };
    const layout = { indent: columnOf(text, at), step: stepOf(text, map), open };
    const [start = "", ...below] = block(key, value, layout);
    const newline = newlineOf(text);
    if (below.length === 0) return { from, to, text: start.slice(start.search(/: /) + 1) };
    const line = /^[^\r\n]*/.exec(text.slice(to))![0];
    return {
        from,
        to: to + line.length,
        text: [line.trimEnd(), ...below].join(newline),
    };
}

/** A further item behind the last one of a list. */
function itemAdded(text: string, list: YAMLSeq, added: string): Edit {
    const item = inline(added);
    const last = list.items.at(-1) as Node | undefined;
    const end = last === undefined ? startOf(list) + 1 : endOf(last);
    if (list.flow === true) {
        return { from: end, to: end, text: last === undefined ? item : `, ${item}` };
    }
    const indent = columnOf(text, startOf(list));
    return insertion(text, lineBehind(text, end, indent), [`${" ".repeat(indent)}- ${item}`]);
}

/** By how much a file indents what is below a mapping: as it does elsewhere in its `config`. */
function stepOf(text: string, map: YAMLMap): number {
    const own = columnOf(text, startOf(map));
    const inner = (map.items as { value: unknown }[]).find(({ value }) => isBlockMap(value));
    if (isBlockMap(inner?.value)) return columnOf(text, startOf(inner.value)) - own;
    const first = /^( +)\S/m.exec(text)?.[1]?.length;
    return first ?? STEP;
}

/** True if a text says what another one says, with one change. */
function saysSo(before: string, after: string, change: Change): boolean {
    const document = parseDocument(after, { uniqueKeys: true });
    if (document.errors.length > 0) return false;
    const { config, ...rest } = parseDocument(before).toJS() as { config: Settings };
    const names = keysAt(change.at, 0);
    const key = names.find((name) => Object.hasOwn(config, name)) ?? names[0]!;
    const expected = { ...config, [key]: changedBelow(config[key], change.at.slice(1), change) };
    return isDeepStrictEqual(document.toJS(), { ...rest, config: expected });
}

/** What settings say once they are changed, whatever the form of their file. */
export function changedSettings(settings: Settings, changes: readonly Change[]): Settings {
    return changes.reduce<Settings>((before, change) => {
        return changedBelow(before, change.at, change) as Settings;
    }, settings);
}

function changedBelow(there: unknown, path: SettingPath, change: Change): unknown {
    const [key, ...rest] = path;
    if (key !== undefined) {
        const inner = isMapping(there) ? there : {};
        return { ...inner, [key]: changedBelow(inner[key], rest, change) };
    }
    if (!("item" in change)) return change.value;
    return [...(Array.isArray(there) ? (there as unknown[]) : []), change.item];
}
