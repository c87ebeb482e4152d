import { examples, stackExamples } from "../../policies/examples/index.ts";
import type { Rule } from "../../policies/rules/rule.ts";
import { normalise } from "../../policies/runtime/normalise.ts";

/** The examples that a rule still needs, as source text to fill in; the tests fail until they are there. */
export function skeleton(rule: Rule): string {
    const covered = new Set(examples[rule.id]?.map(({ type }) => normalise(type)));
    const missing = Object.keys(rule.checks).filter((type) => type !== "*" && !covered.has(type));
    const alone = missing.map(
        (type) => `    {
        type: "${type}",
        good: {},
        breaks: [{ title: "", set: ["", undefined], at: [""] }],
        undecided: "",
    },`,
    );
    const together = rule.stack !== undefined && stackExamples[rule.id] === undefined;
    const stack = `    {
        title: "",
        good: [${(rule.stack?.judges ?? []).map((type) => `{ name: "one", type: "${type}", inputs: {} }`).join(", ")}],
        breaks: [{ title: "", remove: "one", at: [["one", ""]] }],
        undecided: ["one", ""],
    },`;
    const parts = [
        ...(alone.length > 0 ? [`"${rule.id}": [\n${alone.join("\n")}\n],`] : []),
        ...(together ? [`"${rule.id}": [ // over the stack\n${stack}\n],`] : []),
    ];
    return parts.length > 0 ? parts.join("\n\n") : `${rule.id} has all its examples.`;
}
