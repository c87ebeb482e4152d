/** What keeps two lines in one lane apart. */
const SPACE = 8;

/** The stretch of a lane that a line takes. */
interface Stretch {
    readonly top: number;
    readonly bottom: number;
}

/** Lanes beside each other, in which lines run down: no two over each other, as long as there are enough. */
export class Lanes {
    readonly #taken: readonly Stretch[][];

    constructor(number: number) {
        this.#taken = Array.from({ length: number }, () => []);
    }

    /** The number of the first lane that is free between two heights, or else of the one with the least in the way. */
    take(from: number, to: number): number {
        const own = { top: Math.min(from, to) - SPACE, bottom: Math.max(from, to) + SPACE };
        const ways = this.#taken.map((taken) =>
            taken.reduce((sum, one) => sum + shared(one, own), 0),
        );
        const lane = ways.indexOf(Math.min(...ways));
        this.#taken[lane]?.push(own);
        return lane;
    }
}

/** How much two stretches share. */
function shared(one: Stretch, other: Stretch): number {
    return Math.max(0, Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top));
}
