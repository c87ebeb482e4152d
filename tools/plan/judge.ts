import type { Rule } from "../../policies/rules/rule.ts";
import { levelOf, type Level } from "../../policies/rules/rule.ts";
import { Judge, type Judgement } from "../../policies/runtime/judge.ts";
import type { Settings } from "../../policies/runtime/settings.ts";
import { toResource, toStack } from "../offline/guardrails.ts";
import type { RecordedResource } from "../offline/recorded.ts";
import type { Finding, RuleResult } from "./model.ts";
import { by } from "./order.ts";

/** What the rules say about a stack. */
export interface Judged {
    readonly findings: readonly Finding[];
    readonly rules: readonly RuleResult[];
}

/** Runs the rules over recorded resources. */
export function judge(
    recorded: readonly RecordedResource[],
    rules: readonly Rule[],
    settings: Settings,
    today: string,
): Judged {
    const judge = new Judge(rules, { settings, today });
    const stack = toStack(recorded);
    const resources = recorded.map((one) => toResource(one));
    const judgements = [...resources.flatMap((one) => judge.resource(one)), ...judge.stack(stack)];
    const findings = judgements
        .map((one) => toFinding(one, levelIn(settings, one.rule)))
        .sort(
            by(
                ({ rule }) => rule,
                ({ urn }) => urn,
                ({ path }) => path,
                ({ message }) => message,
            ),
        );
    const judged = new Map<Rule, string[]>();
    for (const { type, urn } of resources) {
        for (const rule of judge.rulesFor(type, urn)) {
            const urns = judged.get(rule);
            if (urns === undefined) judged.set(rule, [urn]);
            else urns.push(urn);
        }
    }
    const results = rules
        .filter((rule) => settings.level(rule) !== "disabled")
        .map((rule) => resultOf(rule, levelIn(settings, rule), judged.get(rule) ?? [], findings))
        .sort(by(({ rule }) => rule));
    return { findings, rules: results };
}

/** What is still broken after its repair stops the deployment. */
function levelIn(settings: Settings, rule: Rule): Level {
    const level = settings.level(rule);
    if (level === "disabled") return levelOf(rule);
    return level === "remediate" ? "mandatory" : level;
}

function toFinding({ rule, urn, verdict }: Judgement, level: Level): Finding {
    const { title, severity, pack, why, remediation, see } = rule;
    return {
        rule: rule.id,
        title,
        severity,
        level,
        pack,
        state: verdict.state,
        urn,
        path: verdict.path,
        message: verdict.state === "fail" ? verdict.message : "is known only after the update",
        why,
        remediation,
        see,
        fixable: rule.fixes !== undefined,
    };
}

function resultOf(
    { id, title, severity, pack }: Rule,
    level: Level,
    judged: readonly string[],
    findings: readonly Finding[],
): RuleResult {
    const own = findings.filter(({ rule }) => rule === id);
    const touched = new Set(own.map(({ urn }) => urn));
    const count = (state: Finding["state"]) => own.filter((one) => one.state === state).length;
    return {
        rule: id,
        title,
        severity,
        level,
        pack,
        judged: judged.length,
        kept: judged.filter((urn) => !touched.has(urn)).length,
        fail: count("fail"),
        unknown: count("unknown"),
        waived: count("waived"),
    };
}
