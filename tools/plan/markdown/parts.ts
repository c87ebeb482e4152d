import type { Block } from "./blocks.ts";
import { row } from "./escape.ts";

/** A table as a block. The head is ours and needs no escaping; the cells are Markdown already. */
export function table(
    title: string,
    head: readonly string[],
    rows: readonly (readonly string[])[],
): readonly Block[] {
    if (rows.length === 0) return [];
    const rule = row(head.map(() => "---"));
    return [{ open: `${title}\n\n${row(head)}\n${rule}`, lines: rows.map(row), close: "" }];
}

/** The same, folded away below its title. */
export function folded(title: string, blocks: readonly Block[]): readonly Block[] {
    const [first, ...rest] = blocks;
    if (first === undefined) return [];
    const open = `<details><summary>${title}</summary>\n`;
    const all = [{ ...first, open: `${open}${first.open}` }, ...rest];
    return all.map((block, index) =>
        index < all.length - 1 ? block : { ...block, close: `${block.close}\n</details>\n` },
    );
}

/** Lines that each stand for themselves. */
export function paragraph(lines: readonly string[]): readonly Block[] {
    return lines.length === 0 ? [] : [{ open: "", lines, close: "" }];
}

/** A box that GitHub paints in the colour of its kind. */
export function alert(
    kind: "CAUTION" | "WARNING" | "NOTE",
    lines: readonly string[],
): readonly Block[] {
    if (lines.length === 0) return [];
    return [{ open: `> [!${kind}]`, lines: lines.map((line) => `> - ${line}`), close: "" }];
}
