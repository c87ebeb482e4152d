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
    return [{ open: title, head: `\n${row(head)}\n${rule}`, lines: rows.map(row), close: "" }];
}

/** The same, each folded away below the title. */
export function folded(title: string, blocks: readonly Block[]): readonly Block[] {
    return blocks.map((block) => ({
        ...block,
        open: `<details><summary>${title}</summary>\n${block.open}`,
        close: `${block.close}\n</details>\n`,
    }));
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
    const items = lines.map((line) => `> - ${line}`);
    return [{ open: "", head: `\n> [!${kind}]`, lines: items, close: "" }];
}
