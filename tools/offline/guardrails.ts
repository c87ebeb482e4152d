import type { Resource } from "../../policies/rules/rule.ts";
import { normalise } from "../../policies/runtime/normalise.ts";
import { Value } from "../../policies/runtime/reader.ts";
import { Stack, type StackResource } from "../../policies/runtime/stack.ts";
import { UNKNOWN, type Properties } from "../../simulator/table.ts";
import type { RecordedOptions, RecordedResource } from "./recorded.ts";

/** What rules see of a resource that a program registered. */
export type Judgeable = Pick<
    RecordedResource,
    "type" | "name" | "urn" | "parent" | "inputs" | "outputs" | "secrets"
> & {
    readonly options: Pick<
        RecordedOptions,
        "protect" | "provider" | "dependencies" | "propertyDependencies"
    >;
};

/** The engine's own way to say "known after the update", by which the rules know it. */
const SENTINEL = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** Properties as the engine sends them to a policy pack: plain JSON, in which what is unknown is the engine's sentinel. */
export function asSent(value: unknown): Properties {
    const text = JSON.stringify(value).replaceAll(JSON.stringify(UNKNOWN).slice(1, -1), SENTINEL);
    return JSON.parse(text) as Properties;
}

/** A recorded resource as rules see one, with its own inputs or with changed ones. */
export function toResource(
    resource: Judgeable,
    inputs: object = asSent(resource.inputs),
): Resource {
    return {
        type: normalise(resource.type),
        token: resource.type,
        urn: resource.urn,
        name: resource.name,
        inputs: new Value(inputs, new Set(resource.secrets)),
        protect: resource.options.protect,
        provider: resource.options.provider.split("::").at(-1) || undefined,
        providerUrn: resource.options.provider || undefined,
    };
}

/** All recorded resources as stack rules see them: with outputs over inputs. */
export function toStack(resources: readonly Judgeable[]): Stack {
    return new Stack(resources.map((resource) => toStackResource(resource)));
}

export function toStackResource(
    resource: Judgeable,
    properties: object = asSent({ ...resource.inputs, ...resource.outputs }),
    given: object = asSent(resource.inputs),
): StackResource {
    return {
        ...toResource(resource, properties),
        given: new Value(given, new Set(resource.secrets)),
        references: (input) => resource.options.propertyDependencies[input] ?? [],
        dependencies: resource.options.dependencies,
        parent: resource.parent,
    };
}
