import type { Finding } from "../model.ts";
import type { Block } from "./blocks.ts";
import { code, link, prose } from "./escape.ts";
import { folded } from "./parts.ts";
import { describe } from "../against/words.ts";

/** Findings folded away, each with what to do about it folded below. */
export function findingBlocks(title: string, findings: readonly Finding[]): readonly Block[] {
    if (findings.length === 0) return [];
    const lines = findings.map(
        (one) => `${statement(one)}<details><summary>What to do</summary>${advice(one)}</details>`,
    );
    return folded(`${title} (${findings.length})`, [{ open: "", lines, close: "" }]);
}

/** Findings that nobody may overlook: nothing of them is folded away. */
export function openFindings(title: string, findings: readonly Finding[]): readonly Block[] {
    if (findings.length === 0) return [];
    const lines = findings.map((one) => `${statement(one)}<br>${advice(one)}`);
    return [{ open: `#### ${title} (${findings.length})\n`, lines, close: "" }];
}

/** One list item. HTML inside of it must not hold an empty line, or the item would end. */
function statement(finding: Finding): string {
    const { rule, severity, level, state, urn, path, message } = finding;
    const where = urn === "" ? "the stack" : code(describe(urn));
    const at = path === "" ? "" : ` at ${code(path)}`;
    const under = finding.waiver
        ? ` Waived by ${code(finding.waiver.owner)} until ${code(finding.waiver.expires)}.`
        : "";
    return `- **${code(rule)}** ${severity}, ${level}, ${state}: ${where}${at} ${prose(message)}.${under}`;
}

function advice({ title, why, remediation, see }: Finding): string {
    return `${prose(title)} ${prose(why)} <b>${prose(remediation)}</b> ${link(see)}`;
}
