import { groupBy } from "../../lib/group.ts";
import { describeUrn } from "../../stack/progress.ts";
import { FORMULA, type Evidence, type Found, type FoundBy, type RuleEvidence } from "../model.ts";
import { heading, list, part, table, text, type Block } from "./blocks.ts";
import { attention, controlTable } from "./controls.ts";
import { legend } from "./legend.ts";
import { overview, severities, tallies } from "./tables.ts";

const LEADS =
    "These are leads for an auditor. Rules read what a stack is made of: a control that passes here is not proven to hold, " +
    "and nothing here says whether a standard as a whole is met. What serves a control by analogy has no published mapping.";

const SOURCES = {
    plan: "what the program would register",
    state: "what the state says is there",
} as const;

/** Several frameworks in a table, one line each. */
export function briefReport(all: readonly Evidence[]): readonly Block[] {
    const [first] = all;
    if (first === undefined) return [];
    return [
        heading(1, `Evidence: ${first.stack}`),
        text(about(first)),
        ...overview(all),
        ...legend(),
        text(`Score: ${FORMULA}.`),
        text(LEADS),
    ];
}

/** Everything about one framework; without details, only what asks for attention. */
export function fullReport(evidence: Evidence, details: boolean): readonly Block[] {
    const { framework, stack, summary, rules, elsewhere, controls } = evidence;
    const shown = details ? controls : controls.filter(attention);
    return [
        heading(1, `${framework.title}: ${stack}`),
        text(`${about(evidence)} Controls: ${framework.list}`),
        ...tallies(summary),
        text(
            `Score: ${FORMULA}. Of the controls listed, ${summary.outside} are out of sight of any such program.`,
        ),
        ...severities(summary),
        ...legend(),
        ...part("Controls", controlTable(shown, rules, details)),
        ...(details ? part("Findings", rules.flatMap(findingsOf)) : []),
        ...part("Checks that could not run", list(rules.flatMap(notRun))),
        ...part("Findings that belong to no control here", elsewhereTable(elsewhere)),
        ...part("Out of sight", list(framework.outside)),
        text(LEADS),
    ];
}

function about({ source, day, project }: Evidence): string {
    const on = day === "" ? "" : ` on ${day}`;
    return `Project ${project}. Judged${on}: ${SOURCES[source]}.`;
}

function findingsOf(rule: RuleEvidence): readonly Block[] {
    if (rule.findings.length === 0) return [];
    const level = rule.level === undefined ? "" : `, ${rule.level}`;
    return [
        text(`${rule.rule} (${rule.severity}${level}): ${rule.title}`),
        ...[...groupBy(rule.findings, ({ remediation }) => remediation)].flatMap(
            ([remedy, alike]) => [
                ...list(alike.map(foundLine)),
                text(`Remedy: ${remedy} ${rule.see}`),
            ],
        ),
    ];
}

function foundLine({ state, urn, path, message, waiver }: Found): string {
    const under =
        waiver === undefined ? "" : ` (${waiver.owner}, until ${waiver.expires}: ${waiver.reason})`;
    const where = urn === "" ? "the stack" : describeUrn(urn);
    return `${state}: ${where}: ${[path, message].filter(Boolean).join(": ")}${under}`;
}

function notRun({ rule, state, reason }: RuleEvidence): readonly string[] {
    return state === "unknown" && reason !== "" ? [`${rule}: ${reason}`] : [];
}

function elsewhereTable(elsewhere: readonly FoundBy[]): readonly Block[] {
    const byRule = new Map<string, FoundBy[]>();
    for (const one of elsewhere) byRule.set(one.rule, [...(byRule.get(one.rule) ?? []), one]);
    const rows = [...byRule].map(([rule, found]) => {
        const count = (state: Found["state"]) =>
            String(found.filter((one) => one.state === state).length);
        return [rule, found[0]?.severity ?? "", count("fail"), count("unknown"), count("waived")];
    });
    const head = ["rule", "severity", "fail", "unknown", "waived"];
    return table(head, rows, { right: [2, 3, 4] });
}
