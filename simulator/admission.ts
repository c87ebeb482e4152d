import { get, reach, renderPath, same } from "./paths.ts";
import type { Standing, Store } from "./store.ts";
import type {
    Draft,
    Instance,
    Json,
    Provider,
    Reference,
    Refusal,
    SimName,
    TypeRule,
    World,
} from "./table.ts";
import { wordsOf } from "./words.ts";

/** What an admission looks at. */
export interface Admission {
    readonly provider: Provider;
    readonly rule: TypeRule;
    readonly draft: Draft;
    readonly store: Store;
    readonly world: World;
    /** What stands already, when it is an update. */
    readonly old?: Standing;
}

/** Everything the cloud refuses about a creation or an update, with all inputs known. */
export function refusals(admission: Admission): Refusal[] {
    const { rule, draft, world, old } = admission;
    return [
        ...(rule.references ?? []).flatMap((reference) => dangling(admission, reference)),
        ...(rule.name ? taken(admission, rule.name) : []),
        ...(rule.admit?.(draft, world, old) ?? []),
    ];
}

function dangling({ provider, draft, world }: Admission, reference: Reference): Refusal[] {
    return reach(draft.inputs, reference.path).flatMap(({ path, value }) => {
        if (typeof value !== "string" || value === "") return [];
        if (world.find(reference.to, value, reference.by)) return [];
        const property = renderPath(path);
        const reason = reference.words?.(value) ?? wordsOf(provider.name).notThere(value, property);
        return [{ property, reason }];
    });
}

function taken({ provider, draft, store, old }: Admission, name: SimName): Refusal[] {
    const unique = name.unique ?? "account";
    const value = get(draft.inputs, name.property);
    if (unique === "none" || typeof value !== "string") return [];
    const twin = store
        .instances("type = ?", draft.type)
        .filter((other) => other.row !== old?.row)
        .filter((other) => same(get(other.outputs, name.property), value))
        .some((other) => sharesNames(unique, draft, other));
    if (!twin) return [];
    const reason = name.taken?.(value) ?? wordsOf(provider.name).taken(draft.type, value);
    return [{ property: name.property, reason }];
}

function sharesNames(
    unique: Exclude<NonNullable<SimName["unique"]>, "none">,
    draft: Draft,
    other: Instance,
): boolean {
    if (unique === "global") return true;
    if (other.scope.account !== draft.scope.account) return false;
    if (unique === "account") return true;
    if (unique === "region") return other.scope.region === draft.scope.region;
    const path = unique.slice("path:".length);
    return same(get(other.outputs, path), get(draft.inputs, path));
}

/** Why this cannot be deleted: something stands that refers to it, and does not vanish with it. */
export function blocker(
    provider: Provider,
    store: Store,
    target: Standing,
    along: readonly Instance[],
): string | undefined {
    const vanishing = new Set([target, ...along].map(({ urn, id }) => `${urn} ${id}`));
    for (const [type, rule] of Object.entries(provider.types)) {
        const references = (rule.references ?? []).filter(
            ({ to, blocks }) => blocks !== false && to.includes(target.type),
        );
        if (references.length === 0) continue;
        const user = store
            .instances("type = ? AND account = ?", type, target.scope.account)
            .filter(({ urn, id }) => !vanishing.has(`${urn} ${id}`))
            .find((other) => references.some((reference) => refers(other, reference, target)));
        if (user) {
            return wordsOf(provider.name).inUse(target.type, target.id, user.type, user.id);
        }
    }
    return undefined;
}

function refers(other: Instance, reference: Reference, target: Instance): boolean {
    const named: Json | undefined =
        reference.by === undefined ? target.id : get(target.outputs, reference.by);
    return reach(other.inputs, reference.path).some(
        ({ value }) => value !== undefined && same(value, named),
    );
}
