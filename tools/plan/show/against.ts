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
import { followUp } from "../../lib/follow-up.ts";
import { shellWord } from "../../lib/shell.ts";
import { isWeaker } from "../against/policy.ts";
import type { Finding, Json, Plan } from "../model.ts";
import { isStop, oneLine, showFinding } from "./findings.ts";
import { count, paintFor, type Paint, type Screen } from "./paint.ts";
import type { ShowOptions } from "./plan.ts";
import { kindOf } from "./tree.ts";

/** How many lines of a kind are shown without --details. */
const SHORT = 25;

const SIGNS = { added: "+", changed: "~", replaced: "±", renamed: "→", removed: "-" } as const;

/** A comparison for a person: the verdict and what is dangerous first. */
export function showComparison(
    plan: Plan,
    comparison: Comparison,
    { details, asked }: ShowOptions,
    screen: Screen,
): string {
    const paint = paintFor(screen);
    const { revision, commit, notes, messages } = comparison;
    const title = `${paint.bold(plan.stack)} against ${revision} (${commit.slice(0, 10)})`;
    const most = details ? Infinity : SHORT;
    return [
        `${title}: ${isSame(comparison) ? "no differences" : verdict(comparison)}`,
        ...notes.map((note) => `${paint.yellow("note")}: ${note}`),
        showDangers(comparison, paint),
        list("Resources", comparison.resources.filter(isWorthALine), most, paint, (one) =>
            resourceLine(one, details, paint),
        ),
        showOther(comparison, plan, most, paint),
        showFindings(comparison, plan, most, paint),
        list("Settings", comparison.settings, most, paint, (one) => {
            return `${[one.site, one.setting].filter(Boolean).join(" ")}: ${change(one)}`;
        }),
        list("Outputs", comparison.outputs, most, paint, (one) => valueLine(one)),
        messages.map(({ severity, text }) => `${paint.yellow(severity)}: ${text}`).join("\n"),
        standing(plan, comparison),
        nextStep(plan, comparison, { details, asked }, paint),
    ]
        .filter((part) => part !== "")
        .join("\n\n");
}

/** The last line: what to do now. */
function nextStep(
    { counts }: Plan,
    { revision, lost, guardrails }: Comparison,
    { details, asked }: ShowOptions,
    paint: Paint,
): string {
    const todo = [
        ...(counts.mandatory.fail > 0 ? ["mend or waive what is mandatory"] : []),
        ...(lost.length > 0 ? ["give what was renamed an alias"] : []),
        ...(isWeaker(guardrails) ? ["have the change of the guardrails accepted"] : []),
    ];
    const again = followUp("plan", asked, "--against", shellWord(revision));
    const plan = `The plan itself: ${followUp("plan", asked)}`;
    if (todo.length === 0) return details ? "" : `${paint.bold("Next")}  ${plan}`;
    const [first = "", ...others] = todo;
    const words = [`${first.charAt(0).toUpperCase()}${first.slice(1)}`, ...others].join(", ");
    return `${paint.bold("Next")}  This is not to be deployed as it is. ${words}, and look again: ${again}`;
}

/** What stops the stack, and stopped it before. */
function standing({ counts }: Plan, { findings }: Comparison): string {
    const fresh = findings.appeared.filter((one) => isBroken(one) && one.level === "mandatory");
    const old = counts.mandatory.fail - fresh.length;
    return old > 0
        ? `${count(old, "mandatory finding")} of before would stop the deployment too.`
        : "";
}

/** Components stand for what is in them, and say nothing of their own unless they lose their name. */
export function isWorthALine({ custom, kind }: ResourceChange): boolean {
    return custom || kind === "renamed";
}

function showDangers({ dangers, lost }: Comparison, paint: Paint): string {
    const renames = lost.map((one) => {
        const names = `${describe(one.before)} → ${describe(one.urn)}`;
        return `${paint.red("error")}: ${names} ${lostWords(one)}`;
    });
    const lines = [...dangers.map((danger) => dangerLine(danger, paint)), ...renames];
    return [...lines, ...lostRemedy(lost)].join("\n");
}

function dangerLine(danger: Danger, paint: Paint): string {
    const { what, because, loses, but } = dangerWords(danger);
    const cause = because.length === 0 ? "" : `, because of ${because.join(", ")}`;
    const name = `${kindOf(danger.token)} ${danger.name}`;
    return `${paint.red("danger")}: ${name}: ${what}${cause}. ${[loses, but].filter(Boolean).join(" ")}`;
}

function resourceLine(one: ResourceChange, details: boolean, paint: Paint): string {
    const may = one.certainty === "may" ? " (may)" : "";
    const head = `${SIGNS[one.kind]} ${one.token} ${paint.bold(one.name)} ${one.kind}${may}`;
    const before = one.before === undefined ? "" : `, before ${describe(one.before)}`;
    if (details) return [`${head}${before}`, ...one.changes.map(valueLine)].join("\n    ");
    const paths = one.changes.map(({ path, replaces }) => (replaces ? `${path} (replaces)` : path));
    const more = paths.length > 4 ? [...paths.slice(0, 4), `${paths.length - 4} more`] : paths;
    return `${head}${before}${more.length > 0 ? `: ${more.join(", ")}` : ""}`;
}

function valueLine(one: ValueChange): string {
    const words = one.hidden
        ? `${String(one.old)}, ${one.certainty === "will" ? "made differently" : "may change"}`
        : change(one);
    return `${one.path}: ${words}${one.replaces ? " (replaces the resource)" : ""}`;
}

function change({ old, new: now }: { readonly old?: Json; readonly new?: Json }): string {
    return `${value(old)} → ${value(now)}`;
}

function value(json: Json | undefined): string {
    if (json === undefined) return "(none)";
    const text = JSON.stringify(json);
    return text.length > 120 ? `${text.slice(0, 119)}…` : text;
}

function showFindings({ findings }: Comparison, plan: Plan, most: number, paint: Paint): string {
    const { appeared, resolved } = findings;
    const stops = appeared.filter((one) => isBroken(one) && one.level === "mandatory");
    const known = (one: Finding) => one.state !== "unknown" || most === Infinity;
    const rest = appeared.filter((one) => !stops.includes(one) && known(one));
    return [
        ...stops.map((finding) => showFinding(finding, plan, paint).trimStart()),
        list("New findings that stop nothing", rest, most, paint, (one) => oneLine(one, paint)),
        list("Resolved findings", resolved.filter(known), most, paint, (one) =>
            oneLine(one, paint),
        ),
    ]
        .filter((part) => part !== "")
        .join("\n\n");
}

/** What only the guardrails of the other revision find, which a change of them would let through. */
function showOther(
    { guardrails, revision }: Comparison,
    plan: Plan,
    most: number,
    paint: Paint,
): string {
    if (guardrails === undefined) return "";
    const { findings, failure } = guardrails;
    if (failure !== "") {
        const words = `The rules of ${revision} could not judge this revision:\n${failure}`;
        return [`${paint.red("error")}: ${words}`, acceptWords(guardrails)].join("\n").trimEnd();
    }
    if (findings.length === 0) return "";
    const stops = findings.filter(isStop);
    const rest = findings.filter((one) => !isStop(one));
    return [
        paint.bold(`${otherTitle(revision)} (${findings.length})`),
        ...stops.map((finding) => showFinding(finding, plan, paint).trimStart()),
        list("Stopping nothing", rest, most, paint, (one) => oneLine(one, paint)),
        stops.length === 0 ? "" : acceptWords(guardrails),
    ]
        .filter((part) => part !== "")
        .join("\n\n");
}

function list<T>(
    title: string,
    all: readonly T[],
    most: number,
    paint: Paint,
    line: (one: T) => string,
): string {
    if (all.length === 0) return "";
    const left = all.length - most;
    return [
        paint.bold(title),
        ...all.slice(0, most).map((one) => line(one)),
        ...(left > 0 ? [`and ${count(left, "line")} more: --details lists them.`] : []),
    ].join("\n");
}
