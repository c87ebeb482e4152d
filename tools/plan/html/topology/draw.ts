import { html, type Html } from "../template.ts";
import type { Reach } from "./boxes.ts";
import { Lanes } from "./lanes.ts";
import { anchors, cut, fits, SIZES, wrapAll, type Placed } from "./layout.ts";

/** A picture to be drawn. */
export interface Picture {
    /** Unique in the page. */
    readonly id: string;
    readonly title: string;
    readonly description: string;
    readonly width: number;
    readonly height: number;
    readonly placed: readonly Placed[];
    readonly reaches: readonly Reach[];
    /** Where the first line may run down. */
    readonly lane: number;
    readonly lanes: number;
}

/** Space for one line beside another. */
export const LANE = 12;

/** Titles are bold: as much wider as the widest of the usual fonts makes them. */
const BOLD = 0.82;

/** Draws boxes, and lines with arrows between those that reach each other. */
export function draw(picture: Picture): Html {
    const { id, title, description, width, height, placed } = picture;
    return html`<svg
        class="picture"
        role="img"
        viewBox="0 0 ${Math.ceil(width)} ${Math.ceil(height)}"
        width="${Math.ceil(width)}"
        height="${Math.ceil(height)}"
        aria-labelledby="${id}-title ${id}-words"
    >
        <title id="${id}-title">${title}</title>
        <desc id="${id}-words">${description}</desc>
        <defs>
            <marker
                id="${id}-arrow"
                viewBox="0 0 8 8"
                refX="7"
                refY="4"
                markerWidth="8"
                markerHeight="8"
                orient="auto"
            >
                <path class="arrow" d="M0 0L8 4L0 8z" />
            </marker>
        </defs>
        ${placed.map(drawBox)} ${drawLines(picture)}
    </svg>`;
}

function drawBox(placed: Placed): Html {
    const { box, x, y, width, height, inner } = placed;
    const { padding, title, line } = SIZES;
    const within = width - 2 * padding;
    const words = wrapAll(box.lines, within);
    const left = round(x + padding);
    return html`<g class="box ${box.kind}">
        <rect
            x="${round(x)}"
            y="${round(y)}"
            width="${round(width)}"
            height="${round(height)}"
            rx="8"
        />
        <text class="name" x="${left}" y="${round(y + padding + 13)}"
            >${cut(box.title, fits(within * BOLD))}</text
        >
        ${words.map((text, place) => {
            const bottom = y + padding + title + place * line + 12;
            return html`<text x="${left}" y="${round(bottom)}">${text}</text>`;
        })}
        ${inner.map(drawBox)}
    </g>`;
}

/** A line leaves a box to the right, runs down a lane, and turns to the box that it leads to. */
function drawLines({ id, placed, reaches, lane, lanes }: Picture): readonly Html[] {
    const at = anchors(placed);
    const ports = new Ports();
    const free = new Lanes(lanes);
    if (lanes === 0) return [];
    return reaches.flatMap(({ from, to }) => {
        const [source, target] = [at.get(from), at.get(to)];
        if (source === undefined || target === undefined) return [];
        const beyond = target.x > lane;
        const start = { x: source.x + source.width, y: ports.next(source, "right") };
        const side = beyond ? "left" : "right";
        const end = { x: beyond ? target.x : target.x + target.width, y: ports.next(target, side) };
        const path = route(start, end, lane + free.take(start.y, end.y) * LANE);
        return [html`<path class="line" d="${path}" marker-end="url(#${id}-arrow)" />`];
    });
}

interface Point {
    readonly x: number;
    readonly y: number;
}

function route(start: Point, end: Point, lane: number): string {
    const down = end.y > start.y ? 1 : -1;
    const bend = Math.min(6, Math.abs(end.y - start.y) / 2);
    const out = end.x > lane ? 1 : -1;
    return [
        `M${round(start.x)} ${round(start.y)}`,
        `H${round(lane - bend)}`,
        `Q${round(lane)} ${round(start.y)} ${round(lane)} ${round(start.y + down * bend)}`,
        `V${round(end.y - down * bend)}`,
        `Q${round(lane)} ${round(end.y)} ${round(lane + out * bend)} ${round(end.y)}`,
        `H${round(end.x - out)}`,
    ].join("");
}

/** Gives each line a place of its own at the side of a box. */
class Ports {
    readonly #used = new Map<string, number>();

    next({ box, y, height }: Placed, side: "left" | "right"): number {
        const key = `${side} ${box.id}`;
        const used = this.#used.get(key) ?? 0;
        this.#used.set(key, used + 1);
        return Math.min(y + 18 + used * 14, y + height - 6);
    }
}

function round(number: number): number {
    return Math.round(number * 10) / 10;
}
