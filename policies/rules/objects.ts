import { matches } from "../runtime/glob.ts";
import type { Value } from "../runtime/reader.ts";
import { each, holds, some, type Truth, type Verdict } from "../runtime/truth.ts";
import { forTypes, type Check, type Context } from "./rule.ts";

/** Judges one Kubernetes object, which stands alone or in a list. */
export type ObjectCheck = (object: Value, context: Context, isPatch: boolean) => readonly Verdict[];

/** Checks for kinds of object and for lists of each kind. */
export function forKinds(types: readonly string[], judge: ObjectCheck): Record<string, Check> {
    return {
        ...forTypes(types, ({ inputs, token }, context) => judge(inputs, context, isPatch(token))),
        ...forTypes(
            types.map((type) => `${type}List`),
            ({ inputs }, context) => each(inputs.get("items"), (it) => judge(it, context, false)),
        ),
    };
}

/** True for the classes that change some fields of an object and leave alone what they do not name. */
export function isPatch(token: string): boolean {
    return token.endsWith("Patch");
}

/** Whether the patterns of an option name this object; * stands for any text. */
export function isAllowed(object: Value, patterns: Value): Truth {
    const name = object.at("metadata.name");
    return some(patterns, (pattern) =>
        holds(
            pattern,
            pattern.text(),
            (wanted) => holds(name, name.text(), (given) => matches(given, wanted), false),
            false,
        ),
    );
}

/** An option that names objects for which a rule does not hold. */
export function namesOption(description: string, names: readonly string[] = []) {
    return {
        type: "array" as const,
        items: { type: "string" as const },
        default: [...names],
        description: `${description}; * stands for any text.`,
    };
}

/** The properties of a map by name, in the order of the names: the engine keeps none. */
export function sorted(
    entries: readonly (readonly [string, Value])[],
): readonly (readonly [string, Value])[] {
    return [...entries].sort(([one], [other]) => (one < other ? -1 : 1));
}

/** Where a label or annotation stands: its name has dots, which `at` would take for steps. */
export function mark(object: Value, sort: "annotations" | "labels", name: string): Value {
    return object.at(`metadata.${sort}`).get(name);
}
