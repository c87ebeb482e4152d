import { isObject, renderPath, type Path } from "../../../simulator/paths.ts";
import type { Json } from "../../../simulator/table.ts";

/** A place where two values differ; undefined where one of them has nothing. */
export interface Difference {
    readonly path: string;
    readonly left: Json | undefined;
    readonly right: Json | undefined;
}

/** The innermost places where two JSON values differ. */
export function differences(left: unknown, right: unknown): readonly Difference[] {
    return compare(left as Json, right as Json, []);
}

function compare(
    left: Json | undefined,
    right: Json | undefined,
    path: Path,
): readonly Difference[] {
    if (left === right) return [];
    if (isObject(left) && isObject(right)) {
        const keys = [...new Set([...Object.keys(left), ...Object.keys(right)])];
        return keys.flatMap((key) => compare(left[key], right[key], [...path, key]));
    }
    if (Array.isArray(left) && Array.isArray(right)) {
        const longest = Math.max(left.length, right.length);
        return Array.from({ length: longest }, (_, index) => index).flatMap((index) =>
            compare(left[index], right[index], [...path, index]),
        );
    }
    return [{ path: renderPath(path), left, right }];
}
