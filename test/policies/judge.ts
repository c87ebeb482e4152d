import { unknownCheckingProxy } from "@pulumi/policy";
import type {
    Circumstances,
    ExampleResource,
    Inputs,
    Traits,
} from "../../policies/examples/example.ts";
import { rules } from "../../policies/rules/index.ts";
import type { Change, Context, Resource, Rule, StackVerdict } from "../../policies/rules/rule.ts";
import { normalise } from "../../policies/runtime/normalise.ts";
import { Value } from "../../policies/runtime/reader.ts";
import { Settings } from "../../policies/runtime/settings.ts";
import { Stack, type StackResource } from "../../policies/runtime/stack.ts";
import type { Verdict } from "../../policies/runtime/truth.ts";

export { UNKNOWN } from "../../policies/examples/example.ts";

/** The day that the tests judge by. */
export const TODAY = "2026-11-21";

export function ruleOf(id: string): Rule {
    const rule = rules.find((candidate) => candidate.id === id);
    if (rule === undefined) throw new Error(`there is no rule ${id}`);
    return rule;
}

export function urnOf(type: string, name: string): string {
    return `urn:pulumi:prod::platform::${type}::${name}`;
}

/** What a rule is told besides the resource, with the defaults of its options as the engine fills them in. */
export function contextOf(
    rule: Rule,
    { options = {}, today = TODAY }: Circumstances = {},
): Context {
    return { options: new Settings([rule], { [rule.id]: { ...options } }).options(rule), today };
}

export function resourceOf(
    token: string,
    name: string,
    inputs: Value,
    { protect = true, provider = "site" }: Traits = {},
): Resource {
    const urn = urnOf(token, name);
    const providerUrn = urnOf("pulumi:providers:site", provider);
    return { type: normalise(token), token, urn, name, inputs, protect, provider, providerUrn };
}

/** What a rule says about a resource whose inputs come through the SDK's proxy, as they do in a pack. */
export function judge(
    rule: Rule,
    token: string,
    inputs: unknown,
    given: Traits & Circumstances & { readonly secrets?: ReadonlySet<string> } = {},
): readonly Verdict[] {
    const type = normalise(token);
    const check = rule.checks[type] ?? rule.checks["*"];
    if (check === undefined) throw new Error(`${rule.id} does not look at ${type}`);
    const value = new Value(unknownCheckingProxy(inputs), given.secrets ?? new Set());
    return check(resourceOf(token, "resource", value, given), contextOf(rule, given));
}

/** What a rule's repair would change. */
export function changesOf(
    rule: Rule,
    token: string,
    inputs: unknown,
    given: Traits & Circumstances,
): readonly Change[] {
    const value = new Value(unknownCheckingProxy(inputs), new Set());
    const resource = resourceOf(token, "resource", value, given);
    return rule.fixes?.[normalise(token)]?.changes(resource, contextOf(rule, given)) ?? [];
}

/** What a rule says about resources together. */
export function judgeStack(
    rule: Rule,
    resources: readonly ExampleResource[],
    circumstances: Circumstances = {},
): readonly StackVerdict[] {
    const urns = new Map(resources.map(({ name, type }) => [name, urnOf(type, name)]));
    const urn = (name: string) => urns.get(name) ?? urnOf("missing", name);
    const stack = new Stack(
        resources.map((resource): StackResource => {
            const { references = {}, parent, provider = "site" } = resource;
            const value = new Value(unknownCheckingProxy(resource.inputs as Inputs), new Set());
            return {
                ...resourceOf(resource.type, resource.name, value, resource),
                providerUrn: urns.get(provider) ?? urnOf("pulumi:providers:site", provider),
                given: value,
                references: (input) => (references[input] ?? []).map(urn),
                dependencies: Object.values(references).flat().map(urn),
                parent: parent === undefined ? "" : urn(parent),
            };
        }),
    );
    if (rule.stack === undefined) throw new Error(`${rule.id} does not look at the stack`);
    return rule.stack.check(stack, contextOf(rule, circumstances));
}

/** Where the findings stand. */
export function findings(verdicts: readonly Verdict[]): readonly string[] {
    return verdicts.filter(({ state }) => state === "fail").map(({ path }) => path);
}

/** Which resources are found, and where. */
export function stackFindings(
    verdicts: readonly StackVerdict[],
): readonly (readonly [name: string, path: string])[] {
    return verdicts
        .filter(({ state }) => state === "fail")
        .map(({ urn, path }) => [urn.split("::").at(-1) ?? "", path] as const);
}
