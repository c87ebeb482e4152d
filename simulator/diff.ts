import { isObject, isWithin, parsePath, reach, same, type Path } from "./paths.ts";
import type { Json, Properties, TypeRule } from "./table.ts";

/** One input that differs. */
export interface Change {
    readonly path: Path;
    readonly kind: "add" | "delete" | "update";
    /** True if it can only be changed by making the resource anew. */
    readonly replaces: boolean;
}

/** What an update from the old inputs to the new ones changes. */
export function diffInputs(
    rule: Pick<TypeRule, "immutable">,
    olds: Properties,
    news: Properties,
    ignored: readonly string[] = [],
): Change[] {
    return compare(olds, news, [])
        .filter(({ path }) => !ignored.some((pattern) => isWithin(path, pattern)))
        .map((change) => ({
            ...change,
            replaces: (rule.immutable ?? []).some(
                (pattern) =>
                    isWithin(change.path, pattern) ||
                    (isAbove(change.path, pattern) && differs(olds, news, pattern)),
            ),
        }));
}

/** True if a whole object or list changed that holds the named input: taking it away takes the input away too. */
function isAbove(path: Path, pattern: string): boolean {
    const parts = parsePath(pattern);
    return (
        path.length < parts.length &&
        isWithin(path, parts.slice(0, path.length).map(quoted).join(""))
    );
}

function quoted(part: string): string {
    return part === "[]" || part === "*" ? `[${part === "*" ? "*" : ""}]` : `["${part}"]`;
}

function differs(olds: Properties, news: Properties, pattern: string): boolean {
    const values = (root: Properties): Json[] =>
        reach(root, pattern).flatMap(({ value }) => (value === undefined ? [] : [value]));
    return !same(values(olds), values(news));
}

type Difference = Omit<Change, "replaces">;

function compare(old: Json | undefined, now: Json | undefined, path: Path): Difference[] {
    if (same(old, now)) return [];
    if (isObject(old) && isObject(now)) {
        const keys = new Set([...Object.keys(old), ...Object.keys(now)]);
        return [...keys].flatMap((key) => compare(old[key], now[key], [...path, key]));
    }
    if (Array.isArray(old) && Array.isArray(now)) {
        const length = Math.max(old.length, now.length);
        return Array.from({ length }, (_, index) => index).flatMap((index) =>
            compare(old[index], now[index], [...path, index]),
        );
    }
    if (old === undefined || old === null) {
        return now === undefined || now === null ? [] : [{ path, kind: "add" }];
    }
    return [{ path, kind: now === undefined || now === null ? "delete" : "update" }];
}
