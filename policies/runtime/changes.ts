import type { Change } from "../rules/rule.ts";

/** The keys of `a.b[0]["c.d"]`. */
export function stepsOf(path: string): readonly (string | number)[] {
    return [...path.matchAll(/\["((?:[^"\\]|\\.)*)"\]|\[(\d+)\]|([^.[\]]+)/g)].map(
        ([, quoted, index, plain]) =>
            quoted === undefined
                ? index === undefined
                    ? (plain ?? "")
                    : Number(index)
                : quoted.replace(/\\(.)/g, "$1"),
    );
}

/**
 * Makes changes in a resource's properties, creating the objects on the way. Gives the properties back.
 *
 * Only what the properties hold themselves is followed: a key such as `__proto__` must not lead out of them.
 */
export function applyChanges<T extends object>(props: T, changes: readonly Change[]): T {
    for (const { path, value } of changes) {
        const steps = stepsOf(path);
        let place = props as Record<string | number, unknown>;
        for (const key of steps.slice(0, -1)) {
            if (!Object.hasOwn(place, key) || place[key] === null) put(place, key, {});
            place = place[key] as Record<string | number, unknown>;
        }
        const last = steps.at(-1);
        if (last !== undefined) put(place, last, value);
    }
    return props;
}

/** Unlike an assignment, this asks no prototype. */
function put(place: object, key: string | number, value: unknown): void {
    const open = { enumerable: true, configurable: true, writable: true };
    Object.defineProperty(place, key, { value, ...open });
}
