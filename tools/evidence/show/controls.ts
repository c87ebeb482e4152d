import type { Basis, ControlEvidence, RuleEvidence } from "../model.ts";
import { table, type Block } from "./blocks.ts";
import { words } from "./tables.ts";

/** True for a control that somebody has to look at. */
export function attention({ state }: ControlEvidence): boolean {
    return state === "fail" || state === "unknown" || state === "waived";
}

/** The controls with the rules behind them; without details, only the rules that do not pass. */
export function controlTable(
    controls: readonly ControlEvidence[],
    rules: readonly RuleEvidence[],
    details: boolean,
): readonly Block[] {
    const byId = new Map(rules.map((rule) => [rule.rule, rule]));
    const named = ({ rules: ids }: Basis, before: string) =>
        ids.flatMap((id) => {
            const rule = byId.get(id);
            if (rule === undefined || (!details && isFine(rule))) return [];
            return [`${before}${id}: ${outcome(rule)}`];
        });
    const rows = controls.map((control) => [
        control.id,
        control.outside === undefined
            ? control.title
            : `${control.title} [out of sight: ${control.outside}]`,
        words(control.byMapping.state),
        words(control.byAnalogy.state),
        [...named(control.byMapping, ""), ...named(control.byAnalogy, "(analogy) ")].join("\n"),
    ]);
    return table(["control", "about", "by mapping", "by analogy", "rules"], rows, { wide: 4 });
}

function isFine({ state }: RuleEvidence): boolean {
    return state === "pass" || state === "not-applicable";
}

/** `fail 2, unknown 1, kept 12`, or why nothing was found. */
function outcome({ state, reason, findings, kept }: RuleEvidence): string {
    if (reason !== "") return `${words(state)}, ${reason}`;
    const counts = (["fail", "unknown", "waived"] as const)
        .map((one) => [one, findings.filter((finding) => finding.state === one).length] as const)
        .filter(([, count]) => count > 0)
        .map(([one, count]) => `${one} ${count}`);
    return [...counts, ...(kept.length > 0 ? [`kept ${kept.length}`] : [])].join(", ");
}
