import type { Value } from "../../runtime/reader.ts";
import { and, each, failIf, holds, not, or, some, type Truth } from "../../runtime/truth.ts";
import { isAllowed, type ObjectCheck } from "../objects.ts";

export const RBAC = "kubernetes:rbac.authorization.k8s.io";

/** A right that a role may give. */
export interface Right {
    readonly group: string;
    readonly resources: readonly string[];
    readonly verbs: readonly string[];
    /** Completes "path: …" where a role gives it. */
    readonly message: string;
}

/** Whether a list has one of these words, or the star that stands for all. */
function covers(list: Value, words: readonly string[]): Truth {
    return some(list, (entry) =>
        holds(entry, entry.text(), (text) => text === "*" || words.includes(text), false),
    );
}

/** A star before a subresource stands for all that have it, as `*` + `/exec` does. */
function spellings(resources: readonly string[]): readonly string[] {
    return resources.flatMap((resource) => {
        const [, part] = resource.split("/");
        return part === undefined ? [resource] : [resource, `*/${part}`];
    });
}

/** Whether an entry of a role's rules gives a right. */
export function gives(entry: Value, { group, resources, verbs }: Right): Truth {
    return and(
        covers(entry.get("apiGroups"), [group]),
        covers(entry.get("resources"), spellings(resources)),
        covers(entry.get("verbs"), verbs),
    );
}

/** Whether an entry is for objects that it names, and for none of those that stand for everything. */
export function isForNamed(entry: Value, dangerous: readonly string[] = []): Truth {
    const names = entry.get("resourceNames");
    const has = (test: (name: string) => boolean) =>
        some(names, (name) => holds(name, name.text(), test, false));
    return and(
        has((name) => name !== ""),
        not(has((name) => dangerous.includes(name))),
    );
}

/** Finds the rights that a role gives, entry by entry, unless an option names the role. */
export function findsRights(
    rights: readonly Right[],
    isHarmless: (entry: Value) => Truth = () => false,
): ObjectCheck {
    return (role, { options }) => {
        const allowed = isAllowed(role, options.get("allowed"));
        return each(role.get("rules"), (entry) => {
            const excused = or(allowed, isHarmless(entry));
            return rights.flatMap((right) =>
                failIf(and(gives(entry, right), not(excused)), entry, right.message),
            );
        });
    };
}
