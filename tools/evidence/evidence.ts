import type { Control, Framework } from "../../policies/frameworks/framework.ts";
import { OUTSIDE } from "../../policies/frameworks/framework.ts";
import { rules as allRules } from "../../policies/rules/index.ts";
import type { Requirements, Rule } from "../../policies/rules/rule.ts";
import type { PackConfig } from "../../policies/runtime/settings.ts";
import { waiverRules } from "../../policies/runtime/waivers.ts";
import type { Plan } from "../plan/model.ts";
import { by } from "../plan/order.ts";
import {
    FORMAT,
    STATES,
    type Basis,
    type ControlEvidence,
    type ControlState,
    type Evidence,
    type RuleEvidence,
    type Source,
} from "./model.ts";
import { found, RuleReader } from "./rules.ts";
import { inScope } from "./scope.ts";
import { summarise } from "./summary.ts";

/** What evidence is made of: a plan, or what was read from a state. */
export type EvidenceInput = Pick<Plan, "project" | "stack" | "findings" | "rules"> & {
    readonly resources: readonly Pick<
        Plan["resources"][number],
        "urn" | "type" | "provider" | "dependencies"
    >[];
};

/** How evidence is made. */
export interface EvidenceOptions {
    /** All rules that were there to judge. @default those of this project, and those about waivers */
    readonly rules?: readonly Rule[];
    /** The levels and options that were judged by. @default the rules' own */
    readonly policyConfig?: PackConfig;
    /** @default plan */
    readonly source?: Source;
    /** The day that was judged by. @default none */
    readonly day?: string;
}

/** What a plan tells about the controls of a framework. */
export function evidenceOf(
    input: EvidenceInput,
    framework: Framework,
    options: EvidenceOptions = {},
): Evidence {
    const { rules = [...allRules, ...waiverRules], source = "plan", day = "" } = options;
    const { name, standard, title, list, outside } = framework;
    const scope = inScope(input, framework);
    const reader = new RuleReader(scope, rules, options.policyConfig);
    const behind = rules
        .filter((rule) => [rule.requirements, rule.analogies].some((of) => of?.[standard]?.length))
        .map((rule) => reader.read(rule))
        .sort(by(({ rule }) => rule));
    const served = new Served(rules, framework, behind);
    const controls = framework.controls.map((control) => served.control(control));
    const ids = new Set(behind.map(({ rule }) => rule));
    const here = new Set(scope.findings);
    const elsewhere = input.findings
        .filter((finding) => !ids.has(finding.rule) || !here.has(finding))
        .map((one) => ({ rule: one.rule, severity: one.severity, ...found(one) }));
    return {
        format: FORMAT,
        framework: { name, standard, title, list, outside },
        project: input.project,
        stack: input.stack,
        source,
        day,
        summary: summarise(controls, behind, elsewhere),
        controls,
        rules: behind,
        elsewhere,
    };
}

/** Looks up which rules serve a control, and what became of them. */
class Served {
    readonly #states: ReadonlyMap<string, RuleEvidence["state"]>;
    readonly #mapped = new Map<string, string[]>();
    readonly #analogous = new Map<string, string[]>();

    constructor(
        rules: readonly Rule[],
        { standard }: Framework,
        evidence: readonly RuleEvidence[],
    ) {
        this.#states = new Map(evidence.map(({ rule, state }) => [rule, state]));
        const note = (of: Requirements | undefined, id: string, lists: Map<string, string[]>) => {
            for (const control of of?.[standard] ?? []) {
                lists.set(control, [...(lists.get(control) ?? []), id]);
            }
        };
        for (const { id, requirements, analogies } of rules) {
            note(requirements, id, this.#mapped);
            note(analogies, id, this.#analogous);
        }
    }

    control({ id, title, section, outside }: Control): ControlEvidence {
        const byMapping = this.#basis(this.#mapped.get(id));
        const byAnalogy = this.#basis(this.#analogous.get(id));
        return {
            id,
            title,
            section,
            state: worst([byMapping.state, byAnalogy.state]),
            byMapping,
            byAnalogy,
            ...(outside && { outside: OUTSIDE[outside] }),
        };
    }

    #basis(rules: readonly string[] = []): Basis {
        const states = rules.flatMap((rule) => this.#states.get(rule) ?? []);
        return { state: worst(states), rules: [...rules].sort() };
    }
}

/** The worst of several states; not covered if there are none. */
function worst(states: readonly ControlState[]): ControlState {
    return STATES.find((state) => states.includes(state)) ?? "not-covered";
}
