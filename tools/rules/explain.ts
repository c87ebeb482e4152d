import { remediesOf } from "../../policies/rules/remedy.ts";
import type { Rule } from "../../policies/rules/rule.ts";
import { repairsOf, servedBy, typesOf, weightOf } from "./facts.ts";

/** A rule for the terminal. */
export function explain(rule: Rule): string {
    const repairs = repairsOf(rule)?.replaceAll("`", "");
    const lines: readonly (readonly [string, string])[] = [
        ["Rule", `${rule.id} (${weightOf(rule)}; pack ${rule.pack})`],
        ["Holds if", rule.title],
        ["Why", rule.why],
        ...remediesOf(rule).map((text, at) => [at === 0 ? "What to do" : "", text] as const),
        ["Looks at", typesOf(rule).join(", ") || "every resource"],
        ...(repairs === undefined ? [] : [["Mends itself", repairs] as const]),
        ["Serves", servedBy(rule).join("; ")],
        ...(rule.note === undefined ? [] : [["Note", rule.note] as const]),
        ["Read on", rule.see],
    ];
    return lines.map(([name, text]) => `${name.padEnd(13)}${text}`).join("\n");
}
