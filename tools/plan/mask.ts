import { renderPath, type Path } from "../../simulator/paths.ts";
import { UNKNOWN as UNKNOWN_VALUE } from "../../simulator/table.ts";
import { SECRET, UNKNOWN, type Json, type JsonObject, type Masked } from "./model.ts";
import { compare } from "./order.ts";

/**
 * Values for everybody's eyes: markers stand where the program put secrets and where a value is known only later.
 *
 * @param values what a run recorded
 * @param secrets the paths of all secrets in it
 */
export function mask(values: JsonObject, secrets: readonly string[]): Masked {
    const marked = new Set(secrets);
    const found: { secrets: string[]; unknowns: string[] } = { secrets: [], unknowns: [] };
    const conceal = (value: Json, path: Path): Json => {
        const rendered = renderPath(path);
        if (marked.has(rendered)) {
            found.secrets.push(rendered);
            return SECRET;
        }
        if (isUnknown(value)) {
            found.unknowns.push(rendered);
            return UNKNOWN;
        }
        if (isList(value)) return value.map((item, index) => conceal(item, [...path, index]));
        return isObject(value) ? concealAll(value, path) : value;
    };
    const concealAll = (object: JsonObject, path: Path): JsonObject =>
        Object.fromEntries(
            Object.entries(object)
                .sort(([left], [right]) => compare(left, right))
                .map(([key, value]) => [key, conceal(value, [...path, key])]),
        );
    const concealed = concealAll(values, []);
    return {
        values: concealed,
        secrets: found.secrets.sort(compare),
        unknowns: found.unknowns.sort(compare),
    };
}

export function isList(value: Json | undefined): value is readonly Json[] {
    return Array.isArray(value);
}

/** True for JSON that is neither a list nor a scalar. */
export function isObject(value: Json | undefined): value is JsonObject {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A text into which something unknown was put is unknown as a whole. */
function isUnknown(value: Json): boolean {
    return typeof value === "string" && value.includes(UNKNOWN_VALUE);
}
