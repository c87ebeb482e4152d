/** GitHub refuses a comment with more characters than this. */
export const LIMIT = 65_536;

/** A part of a document, of which lines at the end can be left out. */
export interface Block {
    /** What stands before the lines in any case: a heading, the beginning of what is folded away. */
    readonly open: string;
    /** What makes sense only before a line: the head of a table. @default nothing */
    readonly head?: string;
    readonly lines: readonly string[];
    readonly close: string;
}

/**
 * A document of at most so many characters. Blocks keep their frames, those at the front get their lines first, and where
 * some are left out a line says how many, and where the whole is. Where not even all frames fit, the last are left out.
 */
export function fit(blocks: readonly Block[], limit: number, whole: string): string {
    const fits = sizeOf(blocks) <= limit;
    const { shown, hidden, room } = fits
        ? { shown: blocks, hidden: 0, room: Infinity }
        : frame(blocks, limit, whole);
    let left = room;
    const parts = shown.map((block) => {
        const kept: string[] = [];
        for (const line of block.lines) {
            if (size(line) + 1 > left) break;
            left -= size(line) + 1;
            kept.push(line);
        }
        const missing = block.lines.length - kept.length;
        return framed(block, kept, missing === 0 ? "" : cut(missing, whole));
    });
    return [...parts, hidden === 0 ? "" : `${cut(hidden, whole)}\n`].join("");
}

/** How many characters blocks take as a whole. */
export function sizeOf(blocks: readonly Block[]): number {
    return total(blocks.map((block) => size(framed(block, block.lines))));
}

/** The blocks whose frames fit, how many lines the others have, and the room that is left for lines. */
function frame(blocks: readonly Block[], limit: number, whole: string) {
    const frames = blocks.map((block) => size(framed(block, [cut(block.lines.length, whole)])));
    const hiddenBehind = (number: number) =>
        total(blocks.slice(number).map(({ lines }) => lines.length));
    const sizeBefore = (number: number) => {
        const hidden = hiddenBehind(number);
        const note = hidden === 0 ? 0 : size(cut(hidden, whole)) + 1;
        return total(frames.slice(0, number)) + note;
    };
    let number = blocks.length;
    while (number > 0 && sizeBefore(number) > limit) number--;
    return {
        shown: blocks.slice(0, number),
        hidden: hiddenBehind(number),
        room: limit - sizeBefore(number),
    };
}

function total(numbers: readonly number[]): number {
    return numbers.reduce((sum, one) => sum + one, 0);
}

function framed({ open, head = "", close }: Block, lines: readonly string[], note = ""): string {
    const parts = [open, ...(lines.length === 0 ? [] : [head, ...lines]), note, close];
    return `${parts.filter((part) => part !== "").join("\n")}\n`;
}

/** Stands outside of a table or a list too, as either ends at an empty line. */
function cut(missing: number, whole: string): string {
    return `\n_${missing} more left out. The whole: ${whole}_`;
}

/** Bytes, of which there are never fewer than characters, however somebody counts those. */
function size(text: string): number {
    return Buffer.byteLength(text);
}
