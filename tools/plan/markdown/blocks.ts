/** GitHub refuses a comment with more characters than this. */
export const LIMIT = 65_536;

/** A part of a document, of which lines at the end can be left out. */
export interface Block {
    /** What stands before the lines: a heading, the head of a table. */
    readonly open: string;
    readonly lines: readonly string[];
    readonly close: string;
}

/**
 * A document of at most so many characters. Blocks keep their frames, those at the front get their lines first, and where
 * some are left out a line says how many, and where the whole is.
 */
export function fit(blocks: readonly Block[], limit: number, whole: string): string {
    const frames = blocks.map((block) => size(framed(block, [cut(block.lines.length, whole)])));
    let left = limit - frames.reduce((sum, one) => sum + one, 0);
    const parts = blocks.map((block) => {
        const kept: string[] = [];
        for (const line of block.lines) {
            if (size(line) + 1 > left) break;
            left -= size(line) + 1;
            kept.push(line);
        }
        const missing = block.lines.length - kept.length;
        return framed(block, missing === 0 ? kept : [...kept, cut(missing, whole)]);
    });
    return parts.join("");
}

function framed({ open, close }: Block, lines: readonly string[]): string {
    return `${[open, ...lines, close].filter((part) => part !== "").join("\n")}\n`;
}

/** Stands outside of a table or a list too, as either ends at an empty line. */
function cut(missing: number, whole: string): string {
    return `\n_${missing} more left out. The whole: ${whole}_`;
}

/** Bytes, of which there are never fewer than characters, however somebody counts those. */
function size(text: string): number {
    return Buffer.byteLength(text);
}
