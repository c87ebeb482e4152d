import type { Comparison, Danger, ResourceChange, ValueChange } from "../against/model.ts";
import {
    acceptWords,
    dangerWords,
    describe,
    isBroken,
    isSame,
    lostRemedy,
    lostWords,
    otherTitle,
    verdict,
} from "../against/words.ts";
import type { Finding, Plan } from "../model.ts";
import { isWorthALine } from "../show/against.ts";
import { isStop } from "../show/findings.ts";
import { count } from "../show/paint.ts";
import type { Block } from "./blocks.ts";
import { code, prose, value } from "./escape.ts";
import { findingBlocks, openFindings, UNDECIDED } from "./findings.ts";
import { alert, folded, paragraph, table } from "./parts.ts";

const TITLES = [
    ["replaced", "Replaced"],
    ["removed", "Removed"],
    ["changed", "Changed"],
    ["added", "Added"],
    ["renamed", "Renamed, and kept by an alias"],
] as const;

/** A comparison for a pull request: what is dangerous or newly mandatory first, everything else folded. */
export function comparisonBlocks(plan: Plan, comparison: Comparison): readonly Block[] {
    const { revision, commit, dangers, lost, resources, notes } = comparison;
    const words = isSame(comparison) ? "no differences" : verdict(comparison);
    const shown = resources.filter(isWorthALine);
    return [
        ...paragraph([
            `### ${code(plan.stack)} against ${code(revision)} (${code(commit.slice(0, 10))})\n`,
            `**${words}**\n`,
        ]),
        ...alert("CAUTION", [
            ...dangers.filter(({ certainty }) => certainty === "will").map(dangerLine),
            ...lost.map((one) => {
                return `${code(describe(one.before))} → ${code(describe(one.urn))} ${lostWords(one)}`;
            }),
            ...lostRemedy(lost),
        ]),
        ...alert("WARNING", dangers.filter(({ certainty }) => certainty === "may").map(dangerLine)),
        ...alert("NOTE", notes.map(prose)),
        ...openFindings("New mandatory findings", comparison.findings.appeared.filter(isStop)),
        ...otherFindings(comparison),
        ...siteTable(plan, comparison),
        ...TITLES.flatMap(([kind, title]) =>
            resourceBlocks(
                title,
                shown.filter((one) => one.kind === kind),
            ),
        ),
        ...findings(comparison),
        ...folded(
            `Settings (${comparison.settings.length})`,
            table(
                "",
                ["site", "setting", "before", "now"],
                comparison.settings.map((one) => {
                    return [
                        one.site && code(one.site),
                        code(one.setting),
                        value(one.old),
                        value(one.new),
                    ];
                }),
            ),
        ),
        ...folded(`Outputs (${comparison.outputs.length})`, valueTable(comparison.outputs)),
        ...alert(
            "WARNING",
            comparison.messages.map(({ severity, text }) => `${severity}: ${prose(text)}`),
        ),
    ];
}

function dangerLine(danger: Danger): string {
    const { what, because, loses, but } = dangerWords(danger);
    const cause = because.length === 0 ? "" : `, because of ${because.map(code).join(", ")}`;
    const refused = but === "" ? "" : ` **${but}**`;
    return `${code(danger.name)}: **${what}**${cause}. ${loses}${refused}`;
}

/** How much differs where. */
function siteTable(
    plan: Plan,
    { resources, findings: { appeared, resolved } }: Comparison,
): readonly Block[] {
    const custom = resources.filter((one) => one.custom);
    const sites = [...new Set(resources.map(({ site }) => site))].sort();
    const siteOf = new Map(
        [...plan.resources, ...resources].map(({ urn, site }) => [urn, site] as const),
    );
    const head = [
        "site",
        "added",
        "changed",
        "replaced",
        "removed",
        "may change",
        "new findings",
        "resolved",
    ];
    const rows = sites.map((site) => {
        const own = custom.filter((one) => one.site === site);
        const sure = own.filter(({ certainty }) => certainty === "will");
        const of = (kind: ResourceChange["kind"]) => sure.filter((one) => one.kind === kind).length;
        const at = (all: readonly Finding[]) =>
            all.filter((one) => isBroken(one) && siteOf.get(one.urn) === site).length;
        const kinds = (["added", "changed", "replaced", "removed"] as const).map(of);
        const numbers = [...kinds, own.length - sure.length, at(appeared), at(resolved)];
        return [site === "" ? "in no site" : code(site), ...numbers.map(String)];
    });
    return table("", head, rows);
}

/** One kind of change: a list, and below each resource its values. */
function resourceBlocks(title: string, changes: readonly ResourceChange[]): readonly Block[] {
    if (changes.length === 0) return [];
    const lines = changes.flatMap((one) => [resourceLine(one), ...one.changes.map(valueLine)]);
    return folded(`${title} (${count(changes.length, "resource")})`, [
        { open: "", lines, close: "" },
    ]);
}

function resourceLine({ token, name, before, because, certainty }: ResourceChange): string {
    const may = certainty === "may" ? " _may be_" : "";
    const old = before === undefined ? "" : `, before ${code(describe(before))}`;
    const causes = because.slice(0, 3).map((urn) => code(describe(urn)));
    const cause = causes.length === 0 ? "" : `, because of ${causes.join(", ")}`;
    return `- ${code(token)} **${code(name)}**${may}${old}${cause}`;
}

function valueLine(one: ValueChange): string {
    const replaces = one.replaces ? " **replaces the resource**" : "";
    return `  - ${code(one.path)}: ${valueWords(one)}${replaces}`;
}

function valueWords(one: ValueChange): string {
    if (!one.hidden) return `${value(one.old)} → ${value(one.new)}`;
    const words = one.certainty === "will" ? "made differently" : "may change";
    return `${value(one.old)}, ${words}`;
}

function valueTable(changes: readonly ValueChange[]): readonly Block[] {
    return table(
        "",
        ["path", "before → now"],
        changes.map((one) => [code(one.path), valueWords(one)]),
    );
}

/** What only the guardrails of the other revision find. What they would stop is open; the rest is folded. */
function otherFindings({ guardrails, revision }: Comparison): readonly Block[] {
    if (guardrails === undefined) return [];
    const { findings, failure } = guardrails;
    const words = acceptWords(guardrails);
    if (failure !== "") {
        const said = `The rules of ${code(revision)} could not judge this revision: ${code(failure)} ${prose(words)}`;
        return alert("CAUTION", [said]);
    }
    const title = otherTitle(code(revision));
    const stops = findings.filter(isStop);
    return [
        ...openFindings(title, stops),
        ...alert("CAUTION", stops.length === 0 || words === "" ? [] : [prose(words)]),
        ...findingBlocks(
            `${title}, stopping nothing`,
            findings.filter((one) => !isStop(one)),
        ),
    ];
}

function findings({ findings: { appeared, resolved } }: Comparison): readonly Block[] {
    const rest = appeared.filter((one) => !isStop(one));
    return [
        ...findingBlocks("New findings", rest.filter(isBroken)),
        ...findingBlocks(
            UNDECIDED,
            rest.filter((one) => !isBroken(one)),
        ),
        ...findingBlocks("Resolved findings", resolved),
    ];
}
