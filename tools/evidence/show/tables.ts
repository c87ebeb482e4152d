import {
    SEVERITIES,
    type ControlState,
    type Evidence,
    type Score,
    type Summary,
    type Tally,
} from "../model.ts";
import { table, type Block } from "./blocks.ts";

/** As a reader wants them, from good to nothing said. */
export const COLUMNS: readonly ControlState[] = [
    "pass",
    "fail",
    "unknown",
    "waived",
    "not-applicable",
    "not-covered",
];

const FOUND = ["fail", "unknown", "waived"] as const;

/** How many controls are in each state, by each basis. */
export function tallies({ byMapping, byAnalogy, together }: Summary): readonly Block[] {
    const row = (name: string, tally: Tally) => [name, ...counts(tally), score(tally.score)];
    return table(
        ["controls", ...COLUMNS.map(words), "score"],
        [
            row("by published mappings", byMapping),
            row("by analogy", byAnalogy),
            row("by the worst of both", together),
        ],
        { right: [1, 2, 3, 4, 5, 6, 7] },
    );
}

/** One line for each framework: the states and the score by the worst of both bases, and the score by each. */
export function overview(all: readonly Evidence[]): readonly Block[] {
    return table(
        ["name", "framework", ...COLUMNS.map(words), "score", "by mapping", "by analogy"],
        all.map(({ framework, summary }) => [
            framework.name,
            framework.title,
            ...counts(summary.together),
            percent(summary.together.score),
            percent(summary.byMapping.score),
            percent(summary.byAnalogy.score),
        ]),
        { right: [2, 3, 4, 5, 6, 7, 8, 9, 10], wide: 1 },
    );
}

/** Findings by severity: behind the framework's controls, and behind none of them. */
export function severities({ findings, elsewhere }: Summary): readonly Block[] {
    return table(
        ["severity", ...FOUND, ...FOUND.map((state) => `elsewhere ${state}`)],
        SEVERITIES.map((severity) => [
            severity.toUpperCase(),
            ...FOUND.map((state) => String(findings[severity][state])),
            ...FOUND.map((state) => String(elsewhere[severity][state])),
        ]),
        { right: [1, 2, 3, 4, 5, 6] },
    );
}

/** `not applicable` for `not-applicable`. */
export function words(state: ControlState): string {
    return state.replace("-", " ");
}

function counts({ controls }: Tally): readonly string[] {
    return COLUMNS.map((state) => String(controls[state]));
}

function percent({ percent }: Score): string {
    return percent === undefined ? "–" : `${percent} %`;
}

function score({ passed, of, percent }: Score): string {
    return percent === undefined ? "nothing judged" : `${percent} % (${passed} of ${of})`;
}
