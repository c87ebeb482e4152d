import type { PlannedResource } from "../model.ts";
import { by, compare } from "../order.ts";
import { changesOf, immutableOf, inputsOf, topOf, type Sources } from "./changes.ts";
import { byDefaults, changedDefaults } from "./default-tags.ts";
import type { Certainty, ResourceChange, ResourceChangeKind, ValueChange } from "./model.ts";
import type { Pair, Pairs } from "./pairs.ts";
import { hiddenInBoth, isAmong } from "./values.ts";

/** What is known of a pair while replacements spread. */
interface Progress {
    readonly pair: Pair;
    readonly changes: Map<string, ValueChange>;
    readonly because: Set<string>;
    replaced: Certainty | undefined;
}

/** Every resource that differs, with what follows from the replacement of others. */
export function resourceChanges(pairs: Pairs, sources: Sources): readonly ResourceChange[] {
    const all = pairs.both.map((pair): Progress => {
        const changes = changesOf(pair, sources);
        return {
            pair,
            changes: new Map(changes.map((change) => [change.path, change])),
            because: new Set(),
            replaced: replacementBy(changes),
        };
    });
    spreadTags(all);
    spread(all, sources);
    const differing = [
        ...all.flatMap((one) => describe(one)),
        ...pairs.added.map((one) => whole(one, "added")),
        ...pairs.removed.map((one) => whole(one, "removed")),
    ];
    return differing.sort(
        by(
            ({ site }) => site,
            ({ token }) => token,
            ({ name }) => name,
            ({ urn }) => urn,
        ),
    );
}

/** What a pair comes to; nothing if nothing differs. */
function describe({ pair, changes, because, replaced }: Progress): readonly ResourceChange[] {
    const { base, head } = pair;
    const renamed = base.urn !== head.urn;
    const all = [...changes.values()].sort(by(({ path }) => path));
    if (all.length === 0 && replaced === undefined && !renamed) return [];
    const sure = renamed || all.some(({ certainty }) => certainty === "will");
    const kind = replaced !== undefined ? "replaced" : all.length > 0 ? "changed" : "renamed";
    return [
        {
            ...factsOf(head),
            kind,
            certainty: replaced ?? (sure ? "will" : "may"),
            ...(renamed && { before: base.urn }),
            changes: all,
            because: [...because].sort(compare),
        },
    ];
}

function whole(one: PlannedResource, kind: ResourceChangeKind): ResourceChange {
    return { ...factsOf(one), kind, certainty: "will", changes: [], because: [] };
}

function factsOf({ urn, type, token, name, site, custom }: PlannedResource) {
    return { urn, type, token, name, site, custom };
}

function replacementBy(changes: readonly ValueChange[]): Certainty | undefined {
    const replacing = changes.filter(({ replaces }) => replaces);
    if (replacing.length === 0) return undefined;
    return replacing.some(({ certainty }) => certainty === "will") ? "will" : "may";
}

/** What a provider adds by itself is changed wherever it adds it. */
function spreadTags(all: readonly Progress[]): void {
    const tags = new Map(
        all.map(
            ({ pair, changes }) =>
                [pair.head.urn, changedDefaults(pair, changes.values())] as const,
        ),
    );
    for (const { pair, changes, because } of all) {
        const { head } = pair;
        const added = byDefaults(head, tags.get(head.provider) ?? []);
        if (added.length > 0) because.add(head.provider);
        for (const change of added) changes.set(change.path, change);
    }
}

/** What depends on something that is made anew gets other values, until nothing more follows. */
function spread(all: readonly Progress[], sources: Sources): void {
    const replaced = new Map<string, Certainty>();
    for (const { pair, replaced: certainty } of all) {
        if (certainty !== undefined) replaced.set(pair.head.urn, certainty);
    }
    let before: string;
    do {
        before = JSON.stringify([...replaced]);
        for (const one of all) {
            followProvider(one, replaced);
            followReferences(one, replaced, sources);
            if (one.replaced !== undefined) replaced.set(one.pair.head.urn, one.replaced);
        }
    } while (JSON.stringify([...replaced]) !== before);
}

/** A resource stands where its provider says: elsewhere it has to be made anew. */
function followProvider(one: Progress, replaced: ReadonlyMap<string, Certainty>): void {
    const { provider } = one.pair.head;
    const certainty = replaced.get(provider);
    if (certainty === undefined || one.replaced === "will") return;
    one.replaced = certainty;
    one.because.add(provider);
}

/** A value that is known only later, or is secret, may be another one once what it refers to is made anew. */
function followReferences(
    one: Progress,
    replaced: ReadonlyMap<string, Certainty>,
    { knowledge }: Sources,
): void {
    const { base, head } = one.pair;
    const immutable = immutableOf(head, knowledge);
    for (const [path, marker] of hiddenInBoth(inputsOf(base), inputsOf(head))) {
        if (one.changes.has(path)) continue;
        const causes = (head.propertyDependencies[topOf(path)] ?? []).filter((urn) =>
            replaced.has(urn),
        );
        if (causes.length === 0 || isAmong(path, head.ignoreChanges)) continue;
        const replaces = isAmong(path, immutable);
        const both = { old: marker, new: marker };
        const change = { path, ...both, replaces, hidden: true };
        one.changes.set(path, { ...change, kind: "update", certainty: "may" });
        causes.forEach((urn) => one.because.add(urn));
        if (replaces) one.replaced ??= "may";
    }
}
