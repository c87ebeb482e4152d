import type { ControlState } from "../model.ts";
import { part, table, type Block } from "./blocks.ts";
import { COLUMNS, words } from "./tables.ts";

const MEANINGS: Readonly<Record<ControlState, string>> = {
    pass: "Resources were judged, and nothing was found.",
    fail: "At least one rule behind it is broken and not waived.",
    unknown:
        "Nothing is broken, but a rule cannot tell before the update, lacks its option, or is disabled.",
    waived: "What is broken is waived, by an owner, for a reason and until a day.",
    "not-applicable":
        "The stack has nothing for its rules to judge, or they are for production and this stack is not.",
    "not-covered": "No rule serves it. It never counts as passed.",
};

/** What the states of a control mean. */
export function legend(): readonly Block[] {
    const rows = COLUMNS.map((state) => [words(state), MEANINGS[state]]);
    return part("What the states mean", table(["state", "means"], rows, { wide: 1 }));
}
