import type { NameRule } from "../lib/names.ts";
import { compose } from "../lib/names.ts";
import type { Problem } from "../lib/problem.ts";

/** What is wrong with a name that AWS has to take as it is; empty if nothing is. */
export function nameProblems(rule: NameRule, name: string): readonly Problem[] {
    if (name.length <= rule.max && compose(rule, name) === name) return [];
    const message = `cannot name an ${rule.kind} and what belongs to it: up to ${rule.max} lower-case letters, digits and single hyphens (${rule.see})`;
    return [{ path: "name", value: name, message, fix: "Choose a shorter, plain name" }];
}
