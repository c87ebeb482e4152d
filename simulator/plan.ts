import { isObject, same } from "./paths.ts";
import {
    UNKNOWN,
    type Draft,
    type Json,
    type Properties,
    type TypeRule,
    type World,
} from "./table.ts";

/** What stands before an update. */
export interface Before {
    readonly id: string;
    readonly inputs: Properties;
    readonly outputs: Properties;
}

/**
 * What a preview can say of the outputs: the inputs, and UNKNOWN for everything the cloud will compute.
 *
 * Before an update, what the cloud computed stays known where the new inputs would give the same.
 */
export function planOutputs(
    rule: TypeRule,
    draft: Draft,
    world: World,
    before?: Before,
): Properties {
    return mask(draft.inputs, compute(rule, draft, world, before), before?.outputs);
}

function compute(rule: TypeRule, draft: Draft, world: World, before?: Before): Properties {
    try {
        return rule.outputs?.(draft, world, before?.id ?? UNKNOWN) ?? {};
    } catch {
        // A rule that cannot compute from unknown inputs tells us nothing about new outputs.
        return Object.fromEntries(
            Object.entries(before?.outputs ?? {}).filter(
                ([key]) => !(key in (before?.inputs ?? {})),
            ),
        );
    }
}

function mask(
    inputs: Properties,
    computed: Properties,
    before: Properties | undefined,
): Properties {
    const masked: Properties = { ...inputs };
    for (const [key, value] of Object.entries(computed)) {
        const given = inputs[key];
        const old = before?.[key];
        if (given === undefined) masked[key] = before && same(old, value) ? value : UNKNOWN;
        else masked[key] = maskWithin(given, value, old);
    }
    return masked;
}

/** What is given stays, with what the cloud computes beside it, also in each entry of a list. */
function maskWithin(given: Json, value: Json, old: Json | undefined): Json {
    if (isObject(given) && isObject(value)) {
        return mask(given, value, isObject(old) ? old : undefined);
    }
    if (!Array.isArray(given) || !Array.isArray(value) || given.length !== value.length) {
        return given;
    }
    const olds = Array.isArray(old) ? old : [];
    return given.map((entry, at) => maskWithin(entry, value[at] ?? null, olds[at]));
}
