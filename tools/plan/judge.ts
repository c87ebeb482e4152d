import { remedyFor } from "../../policies/rules/remedy.ts";
import type { Level, Resource, Rule } from "../../policies/rules/rule.ts";
import { Judge, stackOf, type Judgement } from "../../policies/runtime/judge.ts";
import type { Settings } from "../../policies/runtime/settings.ts";
import type { Stack } from "../../policies/runtime/stack.ts";
import {
    siteOf,
    WaiverRun,
    type Waiver,
    type WaiverFinding,
} from "../../policies/runtime/waivers.ts";
import type { Finding, Repair, RuleResult } from "./model.ts";
import { by } from "./order.ts";
import type { Repaired } from "./repair.ts";

/** What the rules say about a stack. */
export interface Judged {
    readonly findings: readonly Finding[];
    readonly rules: readonly RuleResult[];
    readonly repairs: readonly Repair[];
}

/** What to judge by. */
export interface Guardrails {
    /** The rules about waivers among them. */
    readonly rules: readonly Rule[];
    readonly settings: Settings;
    readonly waivers: readonly Waiver[];
    /** The day to judge by, as `2026-11-21`. */
    readonly today: string;
}

/** Runs the rules over the resources of a stack. */
export function judge({ resources, stack, repairs }: Repaired, guardrails: Guardrails): Judged {
    const { rules, settings, today } = guardrails;
    const judge = new Judge(rules, { settings, today });
    const judgements = [...resources.flatMap((one) => judge.resource(one)), ...judge.stack(stack)];
    const findings = new Findings(stack, guardrails).of(judgements);
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
        .map((rule) => resultOf(rule, settings.reported(rule), judged.get(rule) ?? [], findings))
        .sort(by(({ rule }) => rule));
    return { findings, rules: results, repairs };
}

/** Turns what the rules say into findings, some of which are waived. */
class Findings {
    readonly #stack: Stack;
    readonly #settings: Settings;
    readonly #waivers: WaiverRun;

    constructor(stack: Stack, { rules, settings, waivers, today }: Guardrails) {
        const ids = new Set(rules.map(({ id }) => id));
        this.#stack = stack;
        this.#settings = settings;
        this.#waivers = new WaiverRun(
            waivers.filter(({ rule }) => ids.has(rule)),
            today,
        );
    }

    of(judgements: readonly Judgement[]): readonly Finding[] {
        const onResources = judgements.flatMap((one) => this.#onResource(one));
        const [first] = this.#stack.resources;
        const onWaivers = first === undefined ? [] : this.#waivers.findings(stackOf(first.urn));
        return [...onResources, ...onWaivers.flatMap((one) => this.#onWaiver(one))].sort(
            by(
                ({ rule }) => rule,
                ({ urn }) => urn,
                ({ path }) => path,
                ({ message }) => message,
            ),
        );
    }

    #onResource({ rule, urn, verdict }: Judgement): readonly Finding[] {
        const resource = this.#stack.get(urn);
        if (resource === undefined) return [];
        const site = siteOf(urn, (child) => this.#stack.get(child)?.parent ?? "");
        // Asked for what is unknown too: such a waiver is not one that fits nothing.
        const waiver = this.#waivers.find(rule, { resource, site });
        const finding = { ...this.#facts(rule, resource), urn, path: verdict.path };
        if (verdict.state === "unknown") {
            return [
                {
                    ...finding,
                    state: "unknown",
                    message: "cannot be told from what is known before the update",
                },
            ];
        }
        const { message } = verdict;
        if (waiver === undefined) return [{ ...finding, state: "fail", message }];
        const { owner, reason, expires } = waiver;
        return [{ ...finding, state: "waived", message, waiver: { owner, reason, expires } }];
    }

    #onWaiver({ rule, message }: WaiverFinding): readonly Finding[] {
        if (this.#settings.level(rule) === "disabled") return [];
        return [{ ...this.#facts(rule), state: "fail", urn: "", path: "", message }];
    }

    #facts(
        rule: Rule,
        resource?: Resource,
    ): Omit<Finding, "state" | "urn" | "path" | "message" | "waiver"> {
        const { id, title, severity, pack, why, see } = rule;
        return {
            rule: id,
            title,
            severity,
            level: this.#settings.reported(rule),
            pack,
            why,
            remediation: remedyFor(rule, resource?.type ?? ""),
            see,
            fixable: resource !== undefined && rule.fixes?.[resource.type] !== undefined,
        };
    }
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
