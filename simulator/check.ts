import { get, isObject, overlay, reach, renderPath, set } from "./paths.ts";
import {
    UNKNOWN,
    type Draft,
    type Json,
    type Properties,
    type Refusal,
    type SimName,
    type TypeRule,
} from "./table.ts";
import { wordsOf } from "./words.ts";

/** Inputs with defaults and names filled in, and everything that is wrong with them. */
export interface Checked {
    readonly inputs: Properties;
    readonly refusals: readonly Refusal[];
}

/** What Check does for a resource: all that can be said from its inputs alone, with unknown values let through. */
export function checkInputs(
    provider: string,
    rule: TypeRule,
    draft: Draft,
    olds: Properties | undefined,
): Checked {
    const filled = fill(draft.inputs, rule.defaults ?? {});
    const named = rule.name
        ? withName(provider, rule.name, { ...draft, inputs: filled }, olds)
        : filled;
    const checked: Draft = { ...draft, inputs: named };
    return {
        inputs: named,
        refusals: [
            ...missing(provider, rule, named),
            ...(rule.name ? badName(provider, rule.name, named) : []),
            ...(rule.check?.(checked) ?? []),
        ],
    };
}

/** Defaults below the given inputs; nothing is filled in below a value that is not known yet. */
function fill(inputs: Properties, defaults: Properties): Properties {
    const given = Object.fromEntries(
        Object.entries(inputs).filter(([key, value]) => value !== null || !(key in defaults)),
    );
    return overlay(defaults, given);
}

function withName(
    provider: string,
    rule: SimName,
    draft: Draft,
    olds: Properties | undefined,
): Properties {
    const given = get(draft.inputs, rule.property);
    if ((given !== undefined && given !== null) || rule.auto === false) return draft.inputs;
    const old = get(olds, rule.property);
    if (typeof old === "string") return set(draft.inputs, rule.property, old);
    const from = rule.from?.(draft.logicalName) ?? draft.logicalName;
    const long = provider === "azure-native" || provider === "kubernetes";
    const tail = (rule.separator ?? "-") + draft.random(rule.digits ?? (long ? 8 : 7));
    return set(draft.inputs, rule.property, from + tail);
}

function badName(provider: string, rule: SimName, inputs: Properties): Refusal[] {
    const name = get(inputs, rule.property);
    const words = wordsOf(provider);
    if (typeof name !== "string" || name === UNKNOWN) return [];
    const property = rule.property;
    if (!new RegExp(`^(?:${rule.pattern.source})$`, rule.pattern.flags).test(name)) {
        return [{ property, reason: rule.words?.(name) ?? words.badName(property, name) }];
    }
    if (name.length <= rule.max) return [];
    return [
        { property, reason: rule.words?.(name) ?? words.nameTooLong(property, name, rule.max) },
    ];
}

function missing(provider: string, rule: TypeRule, inputs: Properties): Refusal[] {
    return (rule.required ?? []).flatMap((required) => {
        const path = required.replace(/^\?/, "");
        const absent = reach(inputs, path).filter(
            ({ value }) => value === undefined || value === null,
        );
        return absent
            .filter((hole) => !required.startsWith("?") || parentStands(inputs, hole.path))
            .map((hole) => {
                const property = renderPath(hole.path);
                return { property, reason: wordsOf(provider).missing(property) };
            });
    });
}

function parentStands(inputs: Properties, path: readonly (string | number)[]): boolean {
    const parent = path
        .slice(0, -1)
        .reduce<Json | undefined>(
            (value, part) =>
                Array.isArray(value)
                    ? value[Number(part)]
                    : isObject(value)
                      ? value[part]
                      : undefined,
            inputs,
        );
    return parent !== undefined && parent !== null;
}
