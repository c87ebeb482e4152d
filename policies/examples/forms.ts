import type { Break, Example, Inputs } from "./example.ts";

/** Where something stands once its object is the first of a list. */
function listed(path: string): string {
    return path === "" ? "items[0]" : `items[0].${path}`;
}

/** The examples of an object, alone and as the first of a list. */
export function forms(
    type: string,
    good: Inputs,
    breaks: readonly Break[],
    undecided: string,
): readonly Example[] {
    return [
        { type, good, breaks, undecided },
        {
            type: `${type}List`,
            good: { items: [good] },
            breaks: breaks.map((one) => ({
                ...one,
                ...(one.set && { set: [listed(one.set[0]), one.set[1]] }),
                at: one.at.map(listed),
            })),
            undecided: listed(undecided),
        },
    ];
}
