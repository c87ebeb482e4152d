import type { Cloud } from "../../simulator/cloud.ts";
import { get, set, type Path } from "../../simulator/paths.ts";
import type { Address, Wanted } from "../../simulator/requests.ts";
import { UNKNOWN, type Properties, type TypeRule } from "../../simulator/table.ts";

/** What is answered to the program about a resource. */
export interface Answer {
    readonly id: string;
    readonly outputs: Properties;
    readonly secrets: readonly Path[];
}

/** Those of a run's options that say how much an answer tells. */
export interface AnswerOptions {
    readonly preview?: boolean;
    readonly inventNothing?: boolean;
}

/** What a cloud makes of a resource, or in a preview would make of it. Throws what it refuses, in its words. */
export function simulate(
    cloud: Cloud,
    address: Address,
    wanted: Wanted,
    options: AnswerOptions,
): Answer {
    const { inputs, refusals } = cloud.check(address, wanted.inputs, undefined);
    if (refusals.length > 0) {
        const lines = refusals.map(({ property, reason }) =>
            property ? `${reason} (at ${property})` : reason,
        );
        throw new Error(lines.join("; "));
    }
    const secrets = cloud.secretOutputs(address.type, wanted.secrets);
    if (options.preview) {
        const planned = cloud.plan(address, inputs);
        const rule = cloud.rule(address.type);
        const outputs = options.inventNothing
            ? withoutMadeUpName(rule, wanted.inputs, inputs, planned)
            : planned;
        return { id: "", outputs, secrets };
    }
    const { instance } = cloud.create(address, { inputs, secrets: wanted.secrets });
    return { id: instance.id, outputs: instance.outputs, secrets };
}

/** The outputs, with a name unknown that the program did not give and the provider made up. */
function withoutMadeUpName(
    rule: TypeRule,
    given: Properties,
    inputs: Properties,
    outputs: Properties,
): Properties {
    const property = rule.name?.property;
    if (property === undefined) return outputs;
    const isMadeUp = get(given, property) === undefined && get(inputs, property) !== undefined;
    return isMadeUp ? set(outputs, property, UNKNOWN) : outputs;
}
