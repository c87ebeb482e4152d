import { logicalName, typeIn } from "../../../simulator/urn.ts";
import { isProvider } from "../counts.ts";
import { kindOf } from "../show/tree.ts";
import { count } from "../show/paint.ts";
import type { Finding } from "../model.ts";
import type { Comparison, Danger, LostRename, OtherGuardrails } from "./model.ts";
import { isWeaker } from "./policy.ts";
import { STATEFUL } from "./stateful.ts";

const PLURALS = new Map(Object.values(STATEFUL).map(({ what, plural }) => [what, plural]));

/** What a comparison comes to, in one line. */
export function verdict(comparison: Comparison): string {
    const { known, counts, lost, dangers, findings, revision, guardrails } = comparison;
    const resources = [
        `${counts.added} added`,
        ...(known ? [`${counts.changed} changed`, `${counts.removed} removed`] : []),
        ...some(counts.replaced, (number) => `${number} replaced`),
        ...some(counts.renamed, (number) => `${number} renamed`),
        ...some(counts.uncertain, (number) => `${number} may change`),
    ].join(", ");
    const renames = some(lost.length, (number) => {
        return `${count(number, "rename")} without an alias`;
    });
    const parts = [
        resources,
        ...renames,
        ...losses(dangers),
        ...findingWords(findings),
        ...otherWords(guardrails, revision),
    ];
    return `${known ? "" : "new stack: "}${parts.join("; ")}`;
}

/** `1 database would be replaced`, in the order of the dangers. */
function losses(dangers: readonly Danger[]): readonly string[] {
    const groups = new Map<string, { danger: Danger; number: number }>();
    for (const danger of dangers) {
        const key = [danger.certainty, danger.what, danger.kind].join(" ");
        groups.set(key, { danger, number: (groups.get(key)?.number ?? 0) + 1 });
    }
    return [...groups.values()].map(({ danger: { what, certainty, kind }, number }) => {
        const things = number === 1 ? what : PLURALS.get(what);
        return `${number} ${things} ${certainty === "will" ? "would" : "may"} be ${kind}`;
    });
}

function findingWords({ appeared, resolved }: Comparison["findings"]): readonly string[] {
    const fresh = appeared.filter(isBroken);
    // What is still found, but waived or not to be told yet, is not mended.
    const still = new Set(appeared.filter((one) => !isBroken(one)).map(placeOf));
    const gone = resolved.filter((one) => isBroken(one) && !still.has(placeOf(one))).length;
    const waived = appeared.filter(({ state }) => state === "waived").length;
    const mandatory = fresh.filter(({ level }) => level === "mandatory").length;
    return [
        ...some(fresh.length, (number) => {
            return `${count(number, "new finding")}, ${mandatory} mandatory`;
        }),
        ...some(waived, (number) => `${number} newly waived`),
        ...some(gone, (number) => `${number} resolved`),
    ];
}

/** What the guardrails of the other revision find besides. */
function otherWords(other: OtherGuardrails | undefined, revision: string): readonly string[] {
    if (other === undefined) return [];
    if (other.failure !== "") return [`not judged by the rules of ${revision}`];
    return some(other.findings.length, (number) => {
        return `${count(number, "finding")} by the rules of ${revision} only`;
    });
}

/** What is to be said above the findings that only the other revision's guardrails make. */
export function otherTitle(revision: string): string {
    return `Found by the rules of ${revision}, not by this revision's`;
}

/** What a change of the guardrails that lets more through means for whoever makes it; empty if it stops nothing. */
export function acceptWords(other: OtherGuardrails): string {
    if (isWeaker(other)) {
        return "This change of the guardrails would let that through. Mend it, or have somebody accept it: --accept-policy-changes.";
    }
    return other.accepted ? "Accepted by --accept-policy-changes." : "";
}

function placeOf({ rule, urn, path }: Finding): string {
    return JSON.stringify([rule, urn, path]);
}

/** True for what is broken and not waived. */
export function isBroken({ state }: Finding): boolean {
    return state === "fail";
}

/** True if the two revisions come to the same. */
export function isSame(comparison: Comparison): boolean {
    const { known, resources, findings, settings, outputs, guardrails } = comparison;
    const { appeared, resolved } = findings;
    const others = guardrails?.findings ?? [];
    if (guardrails !== undefined && guardrails.failure !== "") return false;
    return (
        known &&
        [resources, appeared, resolved, settings, outputs, others].every((all) => !all.length)
    );
}

/** What happens to something that holds data, why, and what is lost. */
export interface DangerWords {
    /** `The database would be replaced`. */
    readonly what: string;
    /** Paths and names of what brings it about, to be set apart. */
    readonly because: readonly string[];
    readonly loses: string;
    /** What keeps it from happening; empty if nothing does. */
    readonly but: string;
}

/** A danger in words. */
export function dangerWords(danger: Danger): DangerWords {
    const { what, certainty, kind, paths, because, loses, protect, retained } = danger;
    return {
        what: `The ${what} ${certainty === "will" ? "would" : "may"} be ${kind}`,
        because: causesOf(paths, because),
        loses: retained ? "It stays in the cloud, and the stack forgets it." : loses,
        but: protect ? "protect refuses this: the update will stop." : "",
    };
}

/** A provider that points elsewhere says it all; else the inputs do, and what they refer to where there are none. */
function causesOf(paths: readonly string[], because: readonly string[]): readonly string[] {
    const providers = because.filter((urn) => isProvider(typeIn(urn)));
    if (providers.length > 0) return providers.map(describe);
    return paths.length > 0 ? paths : because.map(describe);
}

/** What a lost rename comes to, without the names. */
export function lostWords({ below }: LostRename): string {
    const others = below === 0 ? "" : `, and ${count(below, "resource")} below it with it`;
    return `would be deleted and made anew${others}: its URN changed and no alias leads back to it.`;
}

/** What to do about lost renames, however many there are. Nothing where there are none. */
export function lostRemedy(lost: readonly LostRename[]): readonly string[] {
    if (lost.length === 0) return [];
    return [
        "Give what the program renamed an alias. What has its name from the settings, such as an application, takes none: " +
            "where one thing is to make way for another, add the one first, and remove the other in a later change.",
    ];
}

/** `Vpc myapp-dev`. */
export function describe(urn: string): string {
    return `${kindOf(typeIn(urn))} ${logicalName(urn)}`;
}

function some(number: number, words: (number: number) => string): readonly string[] {
    return number === 0 ? [] : [words(number)];
}
