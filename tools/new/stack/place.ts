import type { Node, Pair, YAMLMap } from "yaml";
import { isCollection, isMap, isNode, isPair, isScalar } from "yaml";

/** What a text says at one place, and what it shall say there. */
export interface Edit {
    readonly from: number;
    readonly to: number;
    readonly text: string;
}

/** The pair of a mapping that has one of the keys. */
export function pairOf(map: YAMLMap, keys: readonly string[]): Pair<Node, Node | null> | undefined {
    return (map.items as Pair<Node, Node | null>[]).find(
        ({ key }) => isScalar(key) && keys.includes(String(key.value)),
    );
}

/** The first offset of a node. */
export function startOf(node: Node): number {
    return node.range?.[0] ?? 0;
}

/** The offset behind the last character of a node, without the comment behind it. */
export function endOf(node: Node | Pair<Node, Node | null>): number {
    if (isPair<Node, Node | null>(node)) {
        const { key, value } = node;
        return value === null || !value.range ? endOf(key) : endOf(value);
    }
    const last: unknown = isCollection(node) && node.flow !== true ? node.items.at(-1) : undefined;
    if (isNode(last) || isPair<Node, Node | null>(last)) return endOf(last);
    return node.range?.[1] ?? 0;
}

/** How far in the line an offset is. */
export function columnOf(text: string, offset: number): number {
    return offset - (text.lastIndexOf("\n", offset - 1) + 1);
}

/** True for a mapping that is written line by line. */
export function isBlockMap(node: unknown): node is YAMLMap<Node, Node | null> {
    return isMap(node) && node.flow !== true && node.items.length > 0;
}

/**
 * The start of the line behind what ends at an offset, and behind the comments that belong to it: those that are
 * indented at least as far as its siblings.
 */
export function lineBehind(text: string, end: number, indent: number): number {
    const own = text[end - 1] === "\n" ? end : afterLine(text, end);
    let behind = own;
    for (let next = own; next < text.length; next = afterLine(text, next)) {
        const line = text.slice(next, afterLine(text, next));
        if (line.trim() === "") continue;
        if (!line.trimStart().startsWith("#") || /^ */.exec(line)![0].length < indent) break;
        behind = afterLine(text, next);
    }
    return behind;
}

function afterLine(text: string, offset: number): number {
    const end = text.indexOf("\n", offset);
    return end < 0 ? text.length : end + 1;
}

/** Lines to be put at the start of a line, in the text's own way to end lines. */
export function insertion(text: string, at: number, lines: readonly string[]): Edit {
    const newline = newlineOf(text);
    const isOpen = at > 0 && text[at - 1] !== "\n";
    const added = `${isOpen ? newline : ""}${lines.join(newline)}${newline}`;
    return { from: at, to: at, text: added };
}

/** How a text ends its lines. */
export function newlineOf(text: string): string {
    return text.includes("\r\n") ? "\r\n" : "\n";
}
