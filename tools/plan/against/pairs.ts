import { distance } from "fastest-levenshtein";
import { isList, isObject } from "../mask.ts";
import type { Json, Plan, PlannedResource } from "../model.ts";
import { compare } from "../order.ts";
import type { LostRename } from "./model.ts";

/** The same resource in both revisions. */
export interface Pair {
    readonly base: PlannedResource;
    readonly head: PlannedResource;
}

/** Which resource is which in two revisions. */
export interface Pairs {
    /** In the order of the head. */
    readonly both: readonly Pair[];
    readonly added: readonly PlannedResource[];
    readonly removed: readonly PlannedResource[];
    /** What of added and removed is the same thing under another URN. */
    readonly lost: readonly LostRename[];
    /** The head's URN of what had this URN in the base, where an alias leads back to it. */
    readonly renamed: ReadonlyMap<string, string>;
    /** The same where none does, whatever it lies below. */
    readonly successors: ReadonlyMap<string, string>;
}

/** Below this, two resources of a type are taken for two different things. */
const ALIKE = 0.75;

/** Matches by URN, then by alias; what is left of the same type and looks alike is a rename that lost its resource. */
export function pairUp(base: Plan["resources"], head: Plan["resources"]): Pairs {
    const before = new Map(base.map((one) => [one.urn, one]));
    const now = new Set(head.map(({ urn }) => urn));
    const renamed = new Map<string, string>();
    const added: PlannedResource[] = [];
    const both = head.flatMap((one): Pair[] => {
        const urn = [one.urn, ...one.aliases.filter((alias) => !now.has(alias))].find(
            (name) => before.has(name) && !renamed.has(name),
        );
        const old = urn === undefined ? undefined : before.get(urn);
        if (old === undefined) added.push(one);
        else if (old.urn !== one.urn) renamed.set(old.urn, one.urn);
        return old === undefined ? [] : [{ base: old, head: one }];
    });
    const paired = new Set(both.map((pair) => pair.base.urn));
    const removed = base.filter(({ urn }) => !paired.has(urn));
    const lost = lostRenames(removed, added);
    const successors = new Map(lost.map((pair) => [pair.base.urn, pair.head.urn]));
    return { both, added, removed, lost: topmost(lost, head), renamed, successors };
}

/** The best matches of what went with what came: half by their names, half by their inputs. */
function lostRenames(
    removed: readonly PlannedResource[],
    added: readonly PlannedResource[],
): readonly Pair[] {
    const byToken = groupBy(added, ({ token }) => token);
    const traits = new Map([...removed, ...added].map((one) => [one, traitsOf(one)]));
    const none: ReadonlySet<string> = new Set();
    const likeness = (base: PlannedResource, head: PlannedResource) =>
        (alikeNames(base, head) + alikeTraits(traits.get(base) ?? none, traits.get(head) ?? none)) /
        2;
    const ranked = removed
        .flatMap((base) =>
            (byToken.get(base.token) ?? []).map((head) => ({
                base,
                head,
                how: likeness(base, head),
            })),
        )
        .filter(({ how }) => how >= ALIKE)
        .sort((left, right) => right.how - left.how);
    const taken = new Set<PlannedResource>();
    return ranked.filter(({ base, head }) => {
        if (taken.has(base) || taken.has(head)) return false;
        taken.add(base).add(head);
        return true;
    });
}

/** How alike two names are, from 0 to 1. */
function alikeNames(base: PlannedResource, head: PlannedResource): number {
    const longest = Math.max(base.name.length, head.name.length, 1);
    return 1 - distance(base.name, head.name) / longest;
}

/** How much of two resources' inputs is the same, from 0 to 1. */
function alikeTraits(base: ReadonlySet<string>, head: ReadonlySet<string>): number {
    const shared = [...base].filter((trait) => head.has(trait)).length;
    const all = base.size + head.size - shared;
    return all === 0 ? 1 : shared / all;
}

/** Every path with its value. The resource's own name stands in many of them, and is no difference. */
function traitsOf({ inputs, name }: PlannedResource): ReadonlySet<string> {
    const found = new Set<string>();
    const visit = (value: Json, path: string): void => {
        if (isList(value)) value.forEach((item, index) => visit(item, `${path}/${index}`));
        else if (isObject(value)) {
            Object.entries(value).forEach(([key, item]) => visit(item, `${path}/${key}`));
        } else found.add(`${path}=${String(value).replaceAll(name, "\u0000")}`);
    };
    visit(inputs, "");
    return found;
}

/** Only those whose parent is not lost as well, with how many hang on them. */
function topmost(lost: readonly Pair[], head: Plan["resources"]): readonly LostRename[] {
    const byUrn = new Map(head.map((one) => [one.urn, one]));
    const urns = new Set(lost.map((pair) => pair.head.urn));
    const topOf = (urn: string): string => {
        const parent = byUrn.get(urn)?.parent ?? "";
        return urns.has(parent) ? topOf(parent) : urn;
    };
    const byTop = groupBy(lost, (pair) => topOf(pair.head.urn));
    return lost
        .filter((pair) => topOf(pair.head.urn) === pair.head.urn)
        .map(({ base, head: { urn, token } }) => {
            const below = (byTop.get(urn)?.length ?? 1) - 1;
            return { before: base.urn, urn, token, below };
        })
        .sort((left, right) => right.below - left.below || compare(left.urn, right.urn));
}

function groupBy<T>(all: readonly T[], key: (one: T) => string): ReadonlyMap<string, readonly T[]> {
    const groups = new Map<string, T[]>();
    for (const one of all) {
        const group = groups.get(key(one));
        if (group === undefined) groups.set(key(one), [one]);
        else group.push(one);
    }
    return groups;
}
