import { renderPath, parsePath } from "../../../simulator/paths.ts";
import type { Json, Masked, PlannedResource } from "../model.ts";
import { by } from "../order.ts";
import type { Knowledge } from "./knowledge.ts";
import type { ValueChange } from "./model.ts";
import type { Pair } from "./pairs.ts";
import { comparable, diffValues, hiddenInBoth, isAmong } from "./values.ts";

/** Whether what is hidden on both sides is the same. */
export type Evidence = "same" | "differs" | "unclear";

/** What the changes of a resource are told by. */
export interface Sources {
    readonly knowledge: Knowledge;
    /** The head's URN of what had this URN in the base. */
    readonly renamed: ReadonlyMap<string, string>;
    readonly evidence: (pair: Pair, path: string) => Evidence;
}

/** The inputs and options of a resource that differ, without what follows from the changes of others. */
export function changesOf(pair: Pair, sources: Sources): readonly ValueChange[] {
    return [...inputs(pair, sources), ...hidden(pair, sources), ...options(pair, sources)].sort(
        by(({ path }) => path),
    );
}

/** The paths of inputs whose change replaces a resource, those that the program itself names included. */
export function immutableOf(
    { token, replaceOnChanges }: PlannedResource,
    knowledge: Knowledge,
): readonly string[] {
    return [...knowledge.immutable(token), ...replaceOnChanges];
}

/** A resource's inputs with their markers. */
export function inputsOf({ inputs, secrets, unknowns }: PlannedResource): Masked {
    return { values: inputs, secrets, unknowns };
}

function inputs({ base, head }: Pair, { knowledge }: Sources): readonly ValueChange[] {
    const [old, now] = [inputsOf(base), inputsOf(head)];
    const changes = diffValues(old, now, {
        immutable: immutableOf(head, knowledge),
        ignored: head.ignoreChanges,
        defaults: knowledge.defaults(head.token),
    });
    const moves =
        changes.length > 0 && knowledge.moves(head.token, comparable(old), comparable(now));
    return moves ? changes.map((change) => ({ ...change, replaces: true })) : changes;
}

/** What is secret or unknown on both sides, and yet differs. */
function hidden(pair: Pair, sources: Sources): readonly ValueChange[] {
    const immutable = immutableOf(pair.head, sources.knowledge);
    return hiddenInBoth(inputsOf(pair.base), inputsOf(pair.head))
        .filter(([path]) => !isAmong(path, pair.head.ignoreChanges))
        .flatMap(([path, marker]): ValueChange[] => {
            const evidence = sources.evidence(pair, path);
            const refersElsewhere = !sameReferences(pair, path, sources);
            if (evidence === "same" || (evidence === "unclear" && !refersElsewhere)) return [];
            const certainty = evidence === "differs" ? "will" : "may";
            const replaces = isAmong(path, immutable);
            const both = { old: marker, new: marker };
            return [{ path, kind: "update", ...both, certainty, replaces, hidden: true }];
        });
}

/** True if the input refers to the same resources on both sides. */
function sameReferences({ base, head }: Pair, path: string, { renamed }: Sources): boolean {
    const input = topOf(path);
    const olds = (base.propertyDependencies[input] ?? []).map((urn) => renamed.get(urn) ?? urn);
    const news = new Set(head.propertyDependencies[input]);
    return olds.length === news.size && olds.every((urn) => news.has(urn));
}

/** The input that a path begins with. */
export function topOf(path: string): string {
    return parsePath(path)[0] ?? "";
}

/** The options that a reader has to know of. */
function options({ base, head }: Pair, { renamed }: Sources): readonly ValueChange[] {
    const urn = (old: string) => renamed.get(old) ?? old;
    const provider = urn(base.provider) !== head.provider && head.custom;
    const values: readonly (readonly [string, Json, Json, boolean])[] = [
        ["protect", base.protect, head.protect, false],
        ["retainOnDelete", base.retainOnDelete, head.retainOnDelete, false],
        ["provider", urn(base.provider), head.provider, provider],
        ["deletedWith", urn(base.deletedWith), head.deletedWith, false],
        ["ignoreChanges", base.ignoreChanges, head.ignoreChanges, false],
    ];
    return values
        .filter(([, old, now]) => JSON.stringify(old) !== JSON.stringify(now))
        .map(([option, old, now, replaces]) => {
            const both = { old, new: now };
            const path = renderPath(["options", option]);
            return { path, kind: "update", ...both, certainty: "will", replaces, hidden: false };
        });
}
