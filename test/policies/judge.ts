import { unknownCheckingProxy } from "@pulumi/policy";
import { rules } from "../../policies/rules/index.ts";
import type { Rule } from "../../policies/rules/rule.ts";
import { normalise } from "../../policies/runtime/normalise.ts";
import { Value } from "../../policies/runtime/reader.ts";
import type { Verdict } from "../../policies/runtime/truth.ts";

/** The sentinel for a string that is known only after the update. */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

export function ruleOf(id: string): Rule {
    const rule = rules.find((candidate) => candidate.id === id);
    if (rule === undefined) throw new Error(`there is no rule ${id}`);
    return rule;
}

/** What a rule says about a resource whose inputs come through the SDK's proxy, as they do in a pack. */
export function judge(
    rule: Rule,
    token: string,
    inputs: unknown,
    secrets: ReadonlySet<string> = new Set(),
): readonly Verdict[] {
    const type = normalise(token);
    const check = rule.checks[type] ?? rule.checks["*"];
    if (check === undefined) throw new Error(`${rule.id} does not look at ${type}`);
    return check({
        type,
        inputs: new Value(unknownCheckingProxy(inputs), secrets),
        options: new Value({}),
    });
}

/** Where the findings stand. */
export function findings(verdicts: readonly Verdict[]): readonly string[] {
    return verdicts.filter(({ state }) => state === "fail").map(({ path }) => path);
}
