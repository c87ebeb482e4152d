import type { Block } from "./blocks.ts";

/** A report as Markdown. */
export function toMarkdown(blocks: readonly Block[]): string {
    return `${blocks.map(render).join("\n\n")}\n`;
}

function render(block: Block): string {
    switch (block.kind) {
        case "heading":
            return `${"#".repeat(block.level)} ${escape(block.text)}`;
        case "text":
            return escape(block.text);
        case "list":
            return block.items.map((item) => `- ${escape(item)}`).join("\n");
        case "table": {
            const right = block.right ?? [];
            const rule = block.head.map((_, column) => (right.includes(column) ? "---:" : "---"));
            return [block.head.map(escape), rule, ...block.rows.map((row) => row.map(cell))]
                .map((row) => `| ${row.join(" | ")} |`)
                .join("\n");
        }
    }
}

function cell(words: string): string {
    return words.split("\n").map(escape).join("<br>");
}

/** Text that Markdown shall not take for anything else: names of resources hold any sign. Addresses stay links. */
function escape(words: string): string {
    return words
        .split(/\s+/)
        .map((word) =>
            /^https:\/\/[^<>]+$/.test(word)
                ? `<${word}>`
                : word.replaceAll(/[\\`*_<>[\]|#~]/g, "\\$&"),
        )
        .join(" ");
}
