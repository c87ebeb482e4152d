import { paintFor, tableOf, type Paint, type Screen } from "../../plan/show/paint.ts";
import type { Block } from "./blocks.ts";

/** How narrow the widest column may become. */
const NARROW = 30;

/** A report for a terminal. */
export function toTerminal(blocks: readonly Block[], screen: Screen): string {
    const paint = paintFor(screen);
    const width = screen.columns ?? 120;
    return `${blocks.map((block) => render(block, paint, width)).join("\n\n")}\n`;
}

function render(block: Block, paint: Paint, width: number): string {
    switch (block.kind) {
        case "heading":
            return paint.bold(block.text);
        case "text":
            return wrap(block.text, width);
        case "list":
            return block.items.map((item) => wrap(`- ${item}`, width, "  ")).join("\n");
        case "table": {
            const { head, rows, right = [], wide } = block;
            const painted = rows.map((row) => row.map((cell) => paintState(cell, paint)));
            const widths = wide === undefined ? [] : widthsOf(head, rows, wide, width);
            return tableOf(head, painted, { right, widths });
        }
    }
}

function paintState(cell: string, paint: Paint): string {
    if (cell === "fail") return paint.red(cell);
    return cell === "not covered" || cell === "not applicable" ? paint.dim(cell) : cell;
}

/** Every column as wide as what stands in it, but for one, which takes what is left, and long texts. */
function widthsOf(
    head: readonly string[],
    rows: readonly (readonly string[])[],
    wide: number,
    width: number,
): readonly number[] {
    const needed = head.map((_, column) => {
        const longest = Math.max(...[head, ...rows].map((row) => lengthOf(row[column])));
        return Math.min(longest, 40) + 2;
    });
    const others = needed.reduce((sum, one, column) => sum + (column === wide ? 0 : one), 0);
    const rest = Math.max(NARROW, width - others - head.length - 1);
    return needed.map((one, column) => (column === wide ? rest : one));
}

function lengthOf(cell = ""): number {
    return Math.max(...cell.split("\n").map(({ length }) => length));
}

function wrap(words: string, width: number, indent = ""): string {
    const lines: string[] = [];
    let line = "";
    for (const word of words.split(" ")) {
        if (line !== "" && line.length + 1 + word.length > width) {
            lines.push(line);
            line = `${indent}${word}`;
        } else {
            line = line === "" ? word : `${line} ${word}`;
        }
    }
    return [...lines, line].join("\n");
}
