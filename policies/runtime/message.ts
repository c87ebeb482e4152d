import { remedyFor } from "../rules/remedy.ts";
import type { Resource, Rule } from "../rules/rule.ts";
import type { Verdict } from "./truth.ts";
import type { Value } from "./reader.ts";

const LONGEST_PATH = 200;
/** Shorter texts occur by chance. */
const SHORTEST_SECRET = 4;

/**
 * The words of a finding below the rule's title: where, what, and what to do about it.
 *
 * Rules make messages of constants only. Should one ever quote what stands in a secret, it is cut out here.
 */
export function describe(
    rule: Rule,
    finding: Extract<Verdict, { state: "fail" }>,
    { type, inputs }: Pick<Resource, "type" | "inputs">,
): string {
    const path = finding.path.slice(0, LONGEST_PATH);
    const what = path === "" ? capitalise(finding.message) : `${path}: ${finding.message}`;
    const lines = [`${what}.`, rule.why, remedyFor(rule, type), rule.see];
    return redact(lines.join("\n"), secretTexts(inputs));
}

function capitalise(text: string): string {
    return text.slice(0, 1).toUpperCase() + text.slice(1);
}

function redact(text: string, secrets: readonly string[]): string {
    return secrets.reduce((clean, secret) => clean.replaceAll(secret, "[secret]"), text);
}

function secretTexts(root: Value): readonly string[] {
    const found: string[] = [];
    const open: Value[] = [root];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
        const text = next.text();
        const list = next.list();
        const entries = next.entries();
        if (text.state === "known" && next.secrecy === "secret") found.push(text.value);
        if (list.state === "known") open.push(...list.value);
        if (entries.state === "known") open.push(...entries.value.map(([, value]) => value));
    }
    return found.filter((text) => text.length >= SHORTEST_SECRET);
}
