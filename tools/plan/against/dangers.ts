import type { PlannedResource } from "../model.ts";
import { by } from "../order.ts";
import type { Danger, ResourceChange } from "./model.ts";
import type { Pairs } from "./pairs.ts";
import { STATEFUL } from "./stateful.ts";

/** The worst first: what is surely lost, and of that what is hardest to get back. */
const ORDER = [...new Set(Object.values(STATEFUL).map(({ what }) => what))];

/** What would be lost with the resources that are removed or made anew. */
export function dangersOf(
    changes: readonly ResourceChange[],
    pairs: Pick<Pairs, "both" | "removed">,
): readonly Danger[] {
    // Protection and retention are those of the state, which the base left there.
    const before = new Map([
        ...pairs.both.map(({ base, head }) => [head.urn, base] as const),
        ...pairs.removed.map((base) => [base.urn, base] as const),
    ]);
    return changes
        .flatMap((change) => {
            const base = before.get(change.urn);
            return base === undefined ? [] : dangerOf(change, base);
        })
        .sort(
            by(
                ({ certainty }) => (certainty === "will" ? "0" : "1"),
                ({ what }) => String(ORDER.indexOf(what)).padStart(3, "0"),
                ({ kind }) => kind,
                ({ urn }) => urn,
            ),
        );
}

function dangerOf(change: ResourceChange, base: PlannedResource): readonly Danger[] {
    const { kind, certainty, urn, token, name, site, because } = change;
    const stateful = STATEFUL[change.type];
    if (stateful === undefined || (kind !== "removed" && kind !== "replaced")) return [];
    const { what, loses } = stateful;
    const paths = change.changes.filter(({ replaces }) => replaces).map(({ path }) => path);
    const { protect, retainOnDelete: retained } = base;
    const facts = { urn, token, name, site, what, loses };
    return [{ kind, certainty, ...facts, protect, retained, paths, because }];
}
