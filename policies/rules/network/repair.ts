import type { Check, Fix } from "../rule.ts";

/** Sets one switch where the check finds that it stands wrong. */
export function repair(check: Check, path: string, value: boolean): Fix {
    return {
        replaces: false,
        changes: (resource, context) =>
            check(resource, context).some(({ state }) => state === "fail") ? [{ path, value }] : [],
    };
}
