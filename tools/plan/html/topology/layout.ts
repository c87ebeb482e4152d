import type { Box, BoxKind } from "./boxes.ts";

/** A box with its place in the picture. */
export interface Placed {
    readonly box: Box;
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
    readonly inner: readonly Placed[];
}

/** The sizes of everything, in pixels at full size. */
export const SIZES = { line: 17, title: 20, gap: 10, padding: 12, character: 7.1 } as const;

/** How narrow boxes of a kind may become; those without a figure take a row of their own. */
const LEAST: Readonly<Partial<Record<BoxKind, number>>> = {
    subnet: 128,
    pool: 138,
    chart: 138,
    site: 240,
};

/** Puts boxes beside each other while there is room, and the next below. Gives what they come to. */
export function grid(
    boxes: readonly Box[],
    x: number,
    y: number,
    width: number,
): { readonly placed: readonly Placed[]; readonly height: number } {
    const columns = columnsFor(boxes, width);
    const each = (width - SIZES.gap * (columns - 1)) / columns;
    const placed: Placed[] = [];
    let top = y;
    for (let first = 0; first < boxes.length; first += columns) {
        const row = boxes.slice(first, first + columns).map((one, column) => {
            return place(one, x + column * (each + SIZES.gap), top, each);
        });
        const height = Math.max(...row.map((one) => one.height));
        placed.push(...row.map((one) => ({ ...one, height })));
        top += height + SIZES.gap;
    }
    return { placed, height: Math.max(0, top - y - SIZES.gap) };
}

function columnsFor(boxes: readonly Box[], width: number): number {
    const [first] = boxes;
    const least = (first && LEAST[first.kind]) ?? width;
    const most = Math.max(1, Math.floor((width + SIZES.gap) / (least + SIZES.gap)));
    // Rows of about the same length: six boxes stand in two rows of three, though four would fit.
    const rows = Math.ceil(boxes.length / most);
    return Math.max(1, Math.ceil(boxes.length / rows));
}

/** Puts a box at a place, as high as its words and its content are. */
export function place(box: Box, x: number, y: number, width: number): Placed {
    const { padding, gap, title, line } = SIZES;
    const within = width - 2 * padding;
    let top = y + padding + title + wrapAll(box.lines, within).length * line;
    const inner: Placed[] = [];
    for (const row of box.rows) {
        if (row.length === 0) continue;
        const { placed, height } = grid(row, x + padding, top + gap / 2, within);
        inner.push(...placed);
        top += height + gap;
    }
    return { box, x, y, width, height: top + padding - gap / 2 - y, inner };
}

/** Every placed box by the id that lines know it by. */
export function anchors(placed: readonly Placed[]): ReadonlyMap<string, Placed> {
    return new Map(placed.flatMap((one) => [[one.box.id, one] as const, ...anchors(one.inner)]));
}

/** Lines that are too long go on in the next. */
export function wrapAll(lines: readonly string[], width: number): readonly string[] {
    return lines.flatMap((line) => wrap(line, fits(width)));
}

function wrap(line: string, most: number): readonly string[] {
    const found: string[] = [];
    let rest = "";
    for (const word of line.split(" ")) {
        const longer = rest === "" ? word : `${rest} ${word}`;
        if (longer.length > most && rest !== "") {
            found.push(rest);
            rest = word;
        } else rest = longer;
    }
    return [...found, rest].map((one) => cut(one, most));
}

/** How many characters fit in a width. The font is the reader's, so this is on the safe side. */
export function fits(width: number): number {
    return Math.max(4, Math.floor(width / SIZES.character));
}

/** Keeps both ends of a text that is too long, as names differ at their ends. */
export function cut(text: string, most: number): string {
    if (text.length <= most) return text;
    const tail = Math.floor((most - 1) / 2);
    return `${text.slice(0, most - 1 - tail)}…${text.slice(text.length - tail)}`;
}
