import type { Finding } from "../model.ts";
import type { Block } from "./blocks.ts";
import { code, link, prose } from "./escape.ts";
import { folded } from "./parts.ts";
import { describe } from "../against/words.ts";

/** The title of findings that are not broken rules. */
export const UNDECIDED = "Waived, or known only after the update";

/** Findings folded away, by rule: what to do is said once, folded again, and below it stands each place. */
export function findingBlocks(title: string, findings: readonly Finding[]): readonly Block[] {
    if (findings.length === 0) return [];
    const lines = byWords(findings).flatMap((group) => [
        ...group.slice(0, 1).map(ruleLine),
        ...group.map((one) => `  - ${placeOf(one)}`),
    ]);
    return folded(`${title} (${findings.length})`, [{ open: "", lines, close: "" }]);
}

/** Findings of which only the places differ, together. */
function byWords(findings: readonly Finding[]): readonly (readonly Finding[])[] {
    const groups = new Map<string, Finding[]>();
    for (const finding of findings) {
        const words = wordsOf(finding);
        groups.set(words, [...(groups.get(words) ?? []), finding]);
    }
    return [...groups.values()];
}

function wordsOf({ rule, severity, level, state, ...words }: Finding): string {
    const { title, why, remediation, see } = words;
    return JSON.stringify([rule, severity, level, state, title, why, remediation, see]);
}

/** HTML inside of a list item must not hold an empty line, or the item would end. */
function ruleLine(finding: Finding): string {
    const { title, why, remediation, see } = finding;
    const rest = `${prose(why)} <b>${prose(remediation)}</b> ${link(see)}`;
    return `- ${headOf(finding)}: ${prose(title)}<details><summary>What to do</summary>${rest}</details>`;
}

/** Findings that nobody may overlook: nothing of them is folded away. */
export function openFindings(title: string, findings: readonly Finding[]): readonly Block[] {
    if (findings.length === 0) return [];
    const lines = findings.map((one) => `${statement(one)}<br>${advice(one)}`);
    return [{ open: `#### ${title} (${findings.length})\n`, lines, close: "" }];
}

/** One list item. HTML inside of it must not hold an empty line, or the item would end. */
function statement(finding: Finding): string {
    return `- ${headOf(finding)}: ${placeOf(finding)}`;
}

function headOf({ rule, severity, level, state }: Finding): string {
    return `**${code(rule)}** ${severity}, ${level}, ${state}`;
}

function placeOf({ urn, path, message, waiver }: Finding): string {
    const where = urn === "" ? "the stack" : code(describe(urn));
    const at = path === "" ? "" : ` at ${code(path)}`;
    const under = waiver ? ` Waived by ${code(waiver.owner)} until ${code(waiver.expires)}.` : "";
    return `${where}${at} ${prose(message)}.${under}`;
}

function advice({ title, why, remediation, see }: Finding): string {
    return `${prose(title)} ${prose(why)} <b>${prose(remediation)}</b> ${link(see)}`;
}
