import type { Severity } from "../../../policies/rules/rule.ts";
import { waiverRules } from "../../../policies/runtime/waivers.ts";
import { describeUrn } from "../../stack/progress.ts";
import type { Finding, Plan, RuleResult } from "../model.ts";
import { count, tableOf, type Paint } from "./paint.ts";

const PACKS = ["security", "reliability", "cost"] as const;
const SEVERITIES: readonly Severity[] = ["critical", "high", "medium", "low"];

/** What the guardrails say: counts by pack and severity, then what stops the stack, word for word. */
export function showFindings(plan: Plan, details: boolean, paint: Paint): string {
    const { findings, rules } = plan;
    const stops = findings.filter(isStop);
    const rest = findings.filter((finding) => !isStop(finding));
    const told = details ? rest : rest.filter(isAnsweredFor);
    const untold = rest.length - told.length;
    return [
        paint.bold("Guardrails"),
        resultTable(rules, paint),
        ...plan.repairs.map(({ rule, urn, paths }) => {
            return `mended by ${rule}: ${describeUrn(urn)}, ${paths.join(", ")}`;
        }),
        ...stops.map((finding) => showFinding(finding, plan, paint)),
        ...told.map((finding) => oneLine(finding, paint)),
        ...(untold === 0
            ? []
            : [`${count(untold, "finding")} that stop nothing: --details lists them.`]),
    ].join("\n");
}

/** True for what keeps the stack from being deployed. */
export function isStop({ level, state }: Finding): boolean {
    return level === "mandatory" && state === "fail";
}

/** True for what somebody has to keep an eye on: waived findings, and waivers that expired or waive nothing. */
function isAnsweredFor({ state, rule }: Finding): boolean {
    return state === "waived" || waiverRules.some(({ id }) => id === rule);
}

function resultTable(rules: readonly RuleResult[], paint: Paint): string {
    const rows = PACKS.flatMap((pack) =>
        SEVERITIES.flatMap((severity) => {
            const own = rules.filter((rule) => rule.pack === pack && rule.severity === severity);
            if (own.length === 0) return [];
            const judged = own.filter((rule) => rule.judged > 0).length;
            const sums = (["fail", "unknown", "waived"] as const).map((state) => {
                const sum = own.reduce((total, rule) => total + rule[state], 0);
                return sum > 0 && state === "fail" ? paint.red(String(sum)) : String(sum);
            });
            return [[pack, severity, `${judged} of ${own.length}`, ...sums]];
        }),
    );
    const head = ["pack", "severity", "rules that apply", "fail", "unknown", "waived"];
    return tableOf(head, rows, { right: [2, 3, 4, 5] });
}

/** A finding in full, with the line that makes its resource, if the plan knows it. */
export function showFinding(finding: Finding, { resources }: Plan, paint: Paint): string {
    const { rule, severity, urn, title, why, remediation, see } = finding;
    const source = resources.find((resource) => resource.urn === urn)?.source;
    const madeAt = source === undefined ? [] : [`Made at ${source.file}:${source.line}`];
    return [
        "",
        `${paint.red(paint.bold(rule))} (${severity}) ${where(urn)}`,
        `    ${title}`,
        `    ${paint.bold(statement(finding))}`,
        ...[...madeAt, why, remediation, see].map((line) => `    ${line}`),
    ].join("\n");
}

/** A finding in one line. */
export function oneLine(finding: Finding, paint: Paint): string {
    const { rule, severity, state, urn, waiver } = finding;
    const under = waiver === undefined ? "" : ` (${waiver.owner}, until ${waiver.expires})`;
    return `${paint.dim(state)} ${rule} (${severity}) ${where(urn)}: ${statement(finding)}${under}`;
}

function statement({ path, message }: Finding): string {
    if (path !== "") return `${path}: ${message}.`;
    return `${message.slice(0, 1).toUpperCase()}${message.slice(1)}.`;
}

function where(urn: string): string {
    return urn === "" ? "the stack" : describeUrn(urn);
}
