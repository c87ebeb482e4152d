import type { Check, Fix } from "./rule.ts";

/** A repair that replaces nothing: gives these values to those inputs at which the check finds something. */
export function setWhereFound(check: Check, values: Readonly<Record<string, unknown>>): Fix {
    return {
        replaces: false,
        changes: (resource, context) =>
            check(resource, context).flatMap(({ state, path }) =>
                state === "fail" && Object.hasOwn(values, path)
                    ? [{ path, value: values[path] }]
                    : [],
            ),
    };
}
