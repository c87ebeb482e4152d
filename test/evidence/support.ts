import type { Framework } from "../../policies/frameworks/framework.ts";
import { section } from "../../policies/frameworks/framework.ts";
import type { Check, Requirements, Rule, Severity } from "../../policies/rules/rule.ts";
import { failIf, isOn } from "../../policies/runtime/truth.ts";
import { Settings, type PackConfig } from "../../policies/runtime/settings.ts";
import type { Waiver } from "../../policies/runtime/waivers.ts";
import { evidenceOf } from "../../tools/evidence/evidence.ts";
import type { ControlEvidence, ControlState, Evidence } from "../../tools/evidence/model.ts";
import { judgeState, readState } from "../../tools/evidence/state.ts";

export const TODAY = "2026-11-21";

/** The text of every secret below: it may stand nowhere. */
export const HIDDEN = "hunter2-is-hidden";

const THING = "aws:test/thing:Thing";

/** A thing is bad if this input is on. */
function badIf(input: string): Check {
    return ({ inputs }) => failIf(isOn(inputs.get(input), false), inputs.get(input), "is on");
}

/** What a rule of the tests may differ in. */
interface Traits {
    readonly type?: string;
    readonly severity?: Severity;
    readonly production?: boolean;
    readonly analogies?: Requirements;
    readonly needs?: string;
}

/** A rule about things, which is broken by an input of its own name. */
export function ruleFor(id: string, controls: readonly string[], traits: Traits = {}): Rule {
    const { type = THING, severity = "high", ...rest } = traits;
    return {
        id,
        title: `The rule ${id} is kept.`,
        why: "There is no reason.",
        clouds: ["aws"],
        pack: "security",
        severity,
        requirements: controls.length > 0 ? { "PCI DSS": controls } : {},
        remediation: "Turn it off.",
        see: "https://example.com/a_b",
        checks: { [type]: badIf(id) },
        ...rest,
    };
}

/** A framework of these controls. */
export function frameworkOf(...ids: readonly string[]): Framework {
    return {
        name: "test",
        standard: "PCI DSS",
        title: "A test",
        list: "All of it.",
        outside: ["The rest."],
        controls: section(
            "Only",
            ids.map((id) => [id, `Control ${id}`]),
        ),
    };
}

/** A thing of a state by the inputs that are on. */
export function thing(
    name: string,
    inputs: Readonly<Record<string, unknown>> = {},
    type = THING,
): object {
    return {
        urn: `urn:pulumi:small::tiny::${type}::${name}`,
        type,
        custom: true,
        inputs,
        outputs: {},
    };
}

/** The file that `pulumi stack export` writes. */
export function exportOf(...resources: readonly object[]): string {
    return JSON.stringify({ version: 3, deployment: { resources } });
}

/** What to judge things by. */
export interface Around {
    readonly rules: readonly Rule[];
    readonly framework: Framework;
    readonly policyConfig?: PackConfig;
    readonly waivers?: readonly Waiver[];
}

/** Evidence about the resources of a state. */
export function evidence(resources: readonly object[], around: Around): Evidence {
    const { rules, framework, policyConfig = {}, waivers = [] } = around;
    const input = judgeState(readState(exportOf(...resources), "state.json"), {
        rules,
        settings: new Settings(rules, policyConfig),
        waivers,
        today: TODAY,
    });
    return evidenceOf(input, framework, { rules, policyConfig, source: "state", day: TODAY });
}

/** The state of each control, by its number. */
export function states(
    { controls }: Evidence,
    of: (control: ControlEvidence) => ControlState = ({ state }) => state,
): Record<string, ControlState> {
    return Object.fromEntries(controls.map((control) => [control.id, of(control)]));
}

/** Waives a rule for everything. */
export function waiverOf(rule: string): Waiver {
    const reason = "It ends soon.";
    return { rule, select: { name: "*" }, owner: "ops", reason, expires: "2027-01-01" };
}
