import type { ReportingDescriptor } from "sarif";
import { remediesOf } from "../../../policies/rules/remedy.ts";
import type { Rule, Severity } from "../../../policies/rules/rule.ts";
import { servedBy } from "../../rules/facts.ts";
import type { Finding, FindingState, Plan, RuleResult } from "../model.ts";

/** GitHub's bounds: critical from 9.0, high from 7.0, medium from 4.0. */
const SCORES: Readonly<Record<Severity, string>> = {
    critical: "9.5",
    high: "8.0",
    medium: "5.5",
    low: "2.0",
};

/** GitHub's words for what is no matter of security. */
const PROBLEMS: Readonly<Record<Severity, string>> = {
    critical: "error",
    high: "error",
    medium: "warning",
    low: "recommendation",
};

/** What GitHub takes of a rule's tags. */
const MOST_TAGS = 20;

/**
 * The id under which a finding is told.
 *
 * GitHub weighs a result by its rule's score alone, and would stop a pull request for what is waived, or cannot be told
 * yet, as for what is broken. Those states therefore are rules of their own, below the rule, without a score.
 */
export function idOf({ rule, state }: Pick<Finding, "rule" | "state">): string {
    return state === "fail" ? rule : `${rule}/${state}`;
}

/** Every rule that the plan was judged by, and the states of them that it has. */
export function describeRules(plan: Plan, rules: readonly Rule[]): ReportingDescriptor[] {
    const byId = new Map(rules.map((rule) => [rule.id, rule]));
    const found = new Set(plan.findings.map(idOf));
    return plan.rules.flatMap((result) => {
        const rule = byId.get(result.rule);
        if (rule === undefined) return [];
        const whole = describe(rule, result);
        const states = (["unknown", "waived"] as const).filter((state) =>
            found.has(idOf({ rule: rule.id, state })),
        );
        return [whole, ...states.map((state) => inState(whole, state))];
    });
}

function describe(rule: Rule, { level }: RuleResult): ReportingDescriptor {
    const { id, title, pack, severity, why } = rule;
    return {
        id,
        shortDescription: { text: title },
        fullDescription: { text: why },
        help: { text: helpText(rule), markdown: helpMarkdown(rule) },
        helpUri: rule.see,
        defaultConfiguration: { level: level === "mandatory" ? "error" : "warning" },
        properties: {
            tags: [pack, severity, ...Object.keys(rule.requirements)].slice(0, MOST_TAGS),
            ...(pack === "security"
                ? { "security-severity": SCORES[severity] }
                : { "problem.severity": PROBLEMS[severity] }),
        },
    };
}

const IN_STATE: Readonly<Record<Exclude<FindingState, "fail">, string>> = {
    unknown: "Known only after the update:",
    waived: "Waived:",
};

function inState(
    { id, shortDescription, properties, ...rest }: ReportingDescriptor,
    state: Exclude<FindingState, "fail">,
): ReportingDescriptor {
    const [, ...tags] = properties?.tags ?? [];
    return {
        ...rest,
        id: `${id}/${state}`,
        shortDescription: { text: `${IN_STATE[state]} ${shortDescription?.text ?? ""}` },
        defaultConfiguration: { level: "note" },
        properties: { tags: [state, ...tags], "problem.severity": "recommendation" },
    };
}

function helpText(rule: Rule): string {
    const { id, why, see } = rule;
    return [why, ...remediesOf(rule), see, `npm run rules -- --explain ${id}`].join("\n");
}

function helpMarkdown(rule: Rule): string {
    const { id, title, why, see, note } = rule;
    const remedies = remediesOf(rule, (family) => `\`${family}\``);
    const served = servedBy(rule).map((one) => `- ${one}`);
    return [
        `**${title}** ${why}`,
        remedies.length === 1
            ? `**What to do:** ${remedies.join("")}`
            : `**What to do**\n\n${remedies.map((one) => `- ${one}`).join("\n")}`,
        ...(note === undefined ? [] : [`**Note:** ${note}`]),
        ...(served.length === 0 ? [] : [`**Serves**\n\n${served.join("\n")}`]),
        `**Read on:** <${see}>, or \`npm run rules -- --explain ${id}\``,
    ].join("\n\n");
}
