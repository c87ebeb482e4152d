import type { Box, Reach } from "./boxes.ts";
import { LANE } from "./draw.ts";
import { anchors, place, SIZES, type Placed } from "./layout.ts";

/** At full width, and on a phone. */
export const WIDTHS = { wide: 1120, narrow: 340 } as const;

export type Width = keyof typeof WIDTHS;

/** What is to be arranged: the network with all that stands in it, the rest, and who reaches whom. */
export interface Boxes {
    readonly network: readonly Box[];
    readonly outside: readonly Box[];
    readonly reaches: readonly Reach[];
}

/** Boxes with their places, and where lines may run. */
export interface Arranged {
    readonly placed: readonly Placed[];
    readonly height: number;
    readonly lane: number;
    /** How many lines may run beside each other; more share their lanes. None are drawn where there is no lane. */
    readonly lanes: number;
}

const MOST_LANES = { wide: 16, narrow: 7 } as const;
const BESIDE = 260;
const BETWEEN = 14;

/** On a wide screen the rest stands to the right of the network; on a narrow one all stands in one column. */
export function arrange({ network, outside, reaches }: Boxes, width: Width): Arranged {
    const lanes = lanesFor(reaches.length, width);
    if (width === "narrow" || network.length === 0 || outside.length === 0) {
        const room = lanes === 0 ? 2 : 14 + lanes * LANE;
        return { ...column([...network, ...outside], WIDTHS[width] - room), lanes };
    }
    const gutter = 36 + lanes * LANE;
    const main = column(network, WIDTHS.wide - 2 - BESIDE - gutter);
    const placed = besides(main.placed, outside, reaches);
    const bottom = Math.max(...placed.map((one) => one.y + one.height));
    return {
        placed: [...main.placed, ...placed],
        height: Math.max(main.height, bottom + 1),
        lane: main.lane + 8,
        lanes,
    };
}

/** On a phone many lines would run over each other and say less than the words in the boxes. */
function lanesFor(lines: number, width: Width): number {
    const most = MOST_LANES[width];
    if (lines <= most) return lines;
    return width === "narrow" ? 0 : most;
}

function column(boxes: readonly Box[], width: number): Omit<Arranged, "lanes"> {
    const placed: Placed[] = [];
    let top = 1;
    for (const one of boxes) {
        const next = place(one, 1, top, width);
        placed.push(next);
        top += next.height + BETWEEN;
    }
    return { placed, height: top - BETWEEN + 1, lane: 1 + width + 10 };
}

/** Each box about as high as what reaches it. */
function besides(
    main: readonly Placed[],
    outside: readonly Box[],
    reaches: readonly Reach[],
): readonly Placed[] {
    const at = anchors(main);
    const wishes = outside.map((one) => {
        const sources = reaches.flatMap(({ from, to }) =>
            to === one.id ? (at.get(from) ?? []) : [],
        );
        const sum = sources.reduce((total, { y }) => total + y, 0);
        return { one, wish: sources.length === 0 ? Infinity : sum / sources.length };
    });
    const placed: Placed[] = [];
    let top = 1;
    for (const { one, wish } of wishes.sort((left, right) =>
        compareWishes(left.wish, right.wish),
    )) {
        const y = wish === Infinity ? top : Math.max(top, wish);
        const next = place(one, WIDTHS.wide - 1 - BESIDE, y, BESIDE);
        placed.push(next);
        top = y + next.height + SIZES.gap * 2;
    }
    return placed;
}

/** What nobody reaches comes last, in its order. */
function compareWishes(left: number, right: number): number {
    return left === right ? 0 : left - right;
}
