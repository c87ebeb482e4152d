import type { Rule } from "../../policies/rules/rule.ts";
import { judges } from "../../policies/runtime/judge.ts";
import { Settings, type PackConfig } from "../../policies/runtime/settings.ts";
import type { Finding, RuleResult } from "../plan/model.ts";
import type { EvidenceInput } from "./evidence.ts";
import type { Found, RuleEvidence } from "./model.ts";

const DISABLED = "disabled by the configuration";
const PRODUCTION_ONLY = "is for stacks of production only";

type Outcome = Pick<RuleEvidence, "state" | "reason" | "kept">;

/** Reads from a plan what became of each rule. */
export class RuleReader {
    readonly #resources: EvidenceInput["resources"];
    readonly #settings: Settings;
    readonly #results: ReadonlyMap<string, RuleResult>;
    readonly #findings = new Map<string, Finding[]>();

    constructor(
        { resources, rules: results, findings }: EvidenceInput,
        rules: readonly Rule[],
        policyConfig?: PackConfig,
    ) {
        this.#resources = resources;
        this.#settings = new Settings(rules, policyConfig);
        this.#results = new Map(results.map((result) => [result.rule, result]));
        for (const finding of findings) {
            const own = this.#findings.get(finding.rule);
            if (own === undefined) this.#findings.set(finding.rule, [finding]);
            else own.push(finding);
        }
    }

    read(rule: Rule): RuleEvidence {
        const { id, title, severity, see } = rule;
        const result = this.#results.get(id);
        const findings = this.#findings.get(id) ?? [];
        return {
            rule: id,
            title,
            severity,
            ...(result && { level: result.level }),
            ...this.#outcome(rule, result, findings),
            see,
            findings: findings.map(found),
        };
    }

    #outcome(rule: Rule, result: RuleResult | undefined, findings: readonly Finding[]): Outcome {
        const concerned = this.#concerned(rule);
        const nothing = { kept: [], reason: "" };
        if (result === undefined && concerned.length > 0) {
            return { ...nothing, state: "unknown", reason: DISABLED };
        }
        const touched = new Set(findings.map(({ urn }) => urn));
        // A rule for production judges all that it concerns or, in other stacks, nothing.
        const judged = result?.judged === 0 ? [] : concerned;
        const untouched = judged.filter((urn) => !touched.has(urn));
        for (const state of ["fail", "unknown", "waived"] as const) {
            if (findings.some((finding) => finding.state === state)) {
                return { state, reason: "", kept: untouched };
            }
        }
        return this.#withoutFindings(rule, concerned, untouched);
    }

    #withoutFindings(
        rule: Rule,
        concerned: readonly string[],
        untouched: readonly string[],
    ): Outcome {
        if (concerned.length === 0) return notApplicable(reasonFor(rule));
        if (rule.needs !== undefined && !this.#isConfigured(rule, rule.needs)) {
            const reason = `not configured: it needs the option ${rule.needs}`;
            return { state: "unknown", reason, kept: [] };
        }
        if (untouched.length === 0) return notApplicable(PRODUCTION_ONLY);
        return { state: "pass", reason: "", kept: untouched };
    }

    /** The resources that the rule would judge in a stack that it is for. */
    #concerned(rule: Rule): readonly string[] {
        return this.#resources.filter(({ type }) => judges(rule, type)).map(({ urn }) => urn);
    }

    #isConfigured(rule: Rule, option: string): boolean {
        const list = this.#settings.options(rule).get(option).list();
        return list.state === "known" && list.value.length > 0;
    }
}

/** What a finding says, without the facts of its rule. */
export function found({ state, urn, path, message, remediation, waiver }: Finding): Found {
    return { state, urn, path, message, remediation, ...(waiver && { waiver }) };
}

function notApplicable(reason: string): Outcome {
    return { state: "not-applicable", reason, kept: [] };
}

/** Why a rule judged nothing. Those about waivers judge no resource at all. */
function reasonFor({ checks, stack }: Rule): string {
    return Object.keys(checks).length === 0 && stack === undefined
        ? "judges the file of waivers and found nothing"
        : "the stack has no such resource";
}
