import type { Finding } from "../model.ts";
import type { Block } from "./blocks.ts";
import { code, link, prose } from "./escape.ts";
import { folded } from "./parts.ts";
import { describe } from "../against/words.ts";

/** Findings, each with what to do about it folded below. */
export function findingBlocks(title: string, findings: readonly Finding[]): readonly Block[] {
    if (findings.length === 0) return [];
    return folded(`${title} (${findings.length})`, [
        { open: "", lines: findings.map(findingLine), close: "" },
    ]);
}

/** One list item. HTML inside of it must not hold an empty line, or the item would end. */
function findingLine(finding: Finding): string {
    const { rule, severity, level, state, urn, path, message, title, why, remediation, see } =
        finding;
    const where = urn === "" ? "the stack" : code(describe(urn));
    const at = path === "" ? "" : ` at ${code(path)}`;
    const under = finding.waiver
        ? ` Waived by ${code(finding.waiver.owner)} until ${code(finding.waiver.expires)}.`
        : "";
    const head = `- **${code(rule)}** ${severity}, ${level}, ${state}: ${where}${at} ${prose(message)}.${under}`;
    const advice = `${prose(title)} ${prose(why)} <b>${prose(remediation)}</b> ${link(see)}`;
    return `${head}<details><summary>What to do</summary>${advice}</details>`;
}
