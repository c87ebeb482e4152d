import type { Resource, Rule } from "../../policies/rules/rule.ts";
import { applyChanges } from "../../policies/runtime/changes.ts";
import { Judge } from "../../policies/runtime/judge.ts";
import { Stack } from "../../policies/runtime/stack.ts";
import { siteOf, WaiverRun, type Waiver } from "../../policies/runtime/waivers.ts";
import { asSent, toResource, toStackResource, type Judgeable } from "../offline/guardrails.ts";
import type { Guardrails } from "./judge.ts";
import type { Repair } from "./model.ts";
import { by } from "./order.ts";

/** A stack as the rules see it, after what a pack mends before it judges. */
export interface Repaired {
    readonly resources: readonly Resource[];
    readonly stack: Stack;
    readonly repairs: readonly Repair[];
}

/** Makes the safe repairs of the rules at level `remediate`, as a pack does before anything is created. */
export function repair(recorded: readonly Judgeable[], guardrails: Guardrails): Repaired {
    const { rules, settings } = guardrails;
    const how = mendingOf(recorded, guardrails);
    const repairs: Repair[] = [];
    const mending = rules.filter((rule) => settings.level(rule) === "remediate" && rule.fixes);
    const inputs = new Map(
        recorded.map((one) => {
            const given = asSent(one.inputs);
            for (const rule of mending) {
                const paths = mend(rule, one, given, how);
                if (paths.length > 0) repairs.push({ rule: rule.id, urn: one.urn, paths });
            }
            return [one, given] as const;
        }),
    );
    const mended = new Set(repairs.map(({ urn }) => urn));
    const stack = recorded.map((one) => {
        const given = inputs.get(one) ?? {};
        if (!mended.has(one.urn)) return toStackResource(one, undefined, given);
        return toStackResource(one, { ...asSent(one.outputs), ...given }, given);
    });
    return {
        resources: recorded.map((one) => toResource(one, inputs.get(one))),
        stack: new Stack(stack),
        repairs: repairs.sort(
            by(
                ({ rule }) => rule,
                ({ urn }) => urn,
            ),
        ),
    };
}

/** Changes the inputs in place. Gives the paths of what it changed. */
function mend(
    rule: Rule,
    one: Judgeable,
    given: Record<string, unknown>,
    { judge, waiverOf }: Mending,
): readonly string[] {
    const resource = toResource(one, given);
    const changes = judge.repairs(rule, resource);
    if (changes.length === 0 || waiverOf(rule, resource) !== undefined) return [];
    applyChanges(given, changes);
    return changes.map(({ path }) => path);
}

/** By what repairs are made, and what keeps them from being made. */
interface Mending {
    readonly judge: Judge;
    readonly waiverOf: (rule: Rule, resource: Resource) => Waiver | undefined;
}

function mendingOf(
    recorded: readonly Judgeable[],
    { rules, settings, waivers, today }: Guardrails,
): Mending {
    const parents = new Map(recorded.map(({ urn, parent }) => [urn, parent]));
    const run = new WaiverRun(waivers, today);
    return {
        judge: new Judge(rules, { settings, today }),
        waiverOf: (rule, resource) => {
            const site = siteOf(resource.urn, (child) => parents.get(child) ?? "");
            return run.find(rule, { resource, site });
        },
    };
}
