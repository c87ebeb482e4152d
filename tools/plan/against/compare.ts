import type { Plan } from "../model.ts";
import { dangersOf } from "./dangers.ts";
import { Knowledge } from "./knowledge.ts";
import type { Comparison, ComparisonCounts, OtherGuardrails, ResourceChange } from "./model.ts";
import { pairUp, type Pairs } from "./pairs.ts";
import { evidenceOf, type Prints } from "./prints.ts";
import { resourceChanges } from "./resources.ts";
import { findingChanges, newMessages, settingChanges } from "./rest.ts";
import { diffValues } from "./values.ts";

/** What a comparison is made of. */
export interface Sides {
    /** Undefined if the other revision has no such stack. */
    readonly base: Plan | undefined;
    readonly head: Plan;
    readonly revision: string;
    readonly commit: string;
    readonly notes?: readonly string[];
    /** Digests of what is hidden. @default none: then nobody can tell whether it is the same */
    readonly prints?: { readonly base: Prints; readonly head: Prints };
    /** What the other revision's guardrails say of this one. @default nothing, as they do not differ */
    readonly guardrails?: OtherGuardrails;
}

/** Compares two plans of a stack. */
export async function comparePlans(sides: Sides): Promise<Comparison> {
    const { head, revision, commit, notes = [], prints, guardrails } = sides;
    const base = sides.base ?? emptyLike(head);
    const pairs = pairUp(base.resources, head.resources);
    const tokens = [...base.resources, ...head.resources].map(({ token }) => token);
    const knowledge = await Knowledge.of(tokens);
    const { renamed, lost, successors } = pairs;
    // What is said of a thing under its old name is no news under its new one.
    const names = new Map([...renamed, ...successors]);
    const evidence = evidenceOf(
        prints?.base ?? {},
        prints?.head ?? {},
        head.resources,
        new Set(renamed.values()),
    );
    const resources = resourceChanges(pairs, { knowledge, renamed, evidence });
    return {
        revision,
        commit,
        known: sides.base !== undefined,
        notes,
        counts: countChanges(resources, pairs),
        dangers: dangersOf(resources, pairs),
        lost,
        resources,
        findings: findingChanges(base.findings, head.findings, names),
        settings: settingChanges(base.settings, head.settings),
        outputs: diffValues(base.outputs, head.outputs),
        messages: newMessages(base.messages, head.messages),
        ...(guardrails && { guardrails }),
    };
}

/** A stack in which nothing stands. */
function emptyLike(plan: Plan): Plan {
    const nothing = { values: {}, secrets: [], unknowns: [] };
    const settings = { stack: [], sites: {} };
    const none = { settings, sites: [], resources: [], findings: [], rules: [], repairs: [] };
    return { ...plan, ...none, outputs: nothing, messages: [], unanswered: [] };
}

function countChanges(
    changes: readonly ResourceChange[],
    { both, added }: Pairs,
): ComparisonCounts {
    const custom = changes.filter((change) => change.custom);
    const sure = custom.filter(({ certainty }) => certainty === "will");
    const count = (kind: ResourceChange["kind"]) =>
        sure.filter((change) => change.kind === kind).length;
    const heads = both.map(({ head }) => head).filter((one) => one.custom);
    const touched = new Set(custom.map(({ urn }) => urn));
    return {
        added: added.filter((one) => one.custom).length,
        changed: count("changed"),
        replaced: count("replaced"),
        removed: count("removed"),
        renamed: custom.filter(({ before }) => before !== undefined).length,
        uncertain: custom.length - sure.length,
        unchanged: heads.filter(({ urn }) => !touched.has(urn)).length,
    };
}
