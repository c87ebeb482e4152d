import type { Resource } from "../rules/rule.ts";
import { Value } from "./reader.ts";
import type { Truth } from "./truth.ts";

/** A resource among all others of its stack. `inputs` are its outputs where the provider gives any. */
export interface StackResource extends Resource {
    /**
     * What the program gave, as far as the pack has seen it. On preview, outputs say "unknown" of whatever the program
     * left to the cloud, and only this tells what it left.
     */
    readonly given: Value;
    /** The URNs of the resources that an input (`vpcConfig`, not a path below it) refers to. Known on preview, when ids are not. */
    readonly references: (input: string) => readonly string[];
    /** The URNs of everything that it waits for. */
    readonly dependencies: readonly string[];
    /** The URN of its parent; empty at the top. */
    readonly parent: string;
}

/** All resources of a stack, and how they hang together. Every look-up takes constant time, so rules stay linear. */
export class Stack {
    readonly resources: readonly StackResource[];
    readonly #byUrn = new Map<string, StackResource>();
    readonly #byType = new Map<string, StackResource[]>();
    readonly #indexes = new Map<string, ReadonlyMap<string, readonly StackResource[]>>();
    readonly #names = new Map<string, ReadonlyMap<string, readonly StackResource[]>>();

    constructor(resources: readonly StackResource[]) {
        this.resources = resources;
        for (const resource of resources) {
            this.#byUrn.set(resource.urn, resource);
            push(this.#byType, resource.type, resource);
        }
    }

    /** The resources of these types, in the order of the types. */
    all(...types: readonly string[]): readonly StackResource[] {
        const [only] = types;
        if (only !== undefined && types.length === 1) return this.#byType.get(only) ?? [];
        return types.flatMap((type) => this.#byType.get(type) ?? []);
    }

    /** The types of all resources. */
    get types(): readonly string[] {
        return [...this.#byType.keys()];
    }

    get(urn: string): StackResource | undefined {
        return this.#byUrn.get(urn);
    }

    /** The resources that an input refers to. */
    targets(resource: StackResource, input: string): readonly StackResource[] {
        const found: StackResource[] = [];
        for (const urn of resource.references(input)) {
            const target = this.#byUrn.get(urn);
            if (target !== undefined) found.push(target);
        }
        return found;
    }

    /** The resources of a type whose input refers to this one. */
    referrers(resource: StackResource, type: string, input: string): readonly StackResource[] {
        const key = `${type} ${input}`;
        let index = this.#indexes.get(key);
        if (index === undefined) {
            const found = new Map<string, StackResource[]>();
            for (const referrer of this.all(type)) {
                for (const urn of referrer.references(input)) push(found, urn, referrer);
            }
            this.#indexes.set(key, (index = found));
        }
        return index.get(resource.urn) ?? [];
    }

    /** The resources of a type at whose path this known text stands: `named("aws:s3/bucket:Bucket", "bucket", "logs")`. */
    named(type: string, path: string, text: string): readonly StackResource[] {
        const key = `${type} ${path}`;
        let index = this.#names.get(key);
        if (index === undefined) {
            const found = new Map<string, StackResource[]>();
            for (const resource of this.all(type)) {
                const name = resource.inputs.at(path).text();
                if (name.state === "known") push(found, name.value, resource);
            }
            this.#names.set(key, (index = found));
        }
        return index.get(text) ?? [];
    }
}

/** What belongs to each of several resources, as far as that can be told. */
export interface Attachments {
    /** What belongs to this one for certain. */
    readonly of: (target: StackResource) => readonly StackResource[];
    /** What belongs to something that cannot be told yet, so that it may belong to any of them. */
    readonly loose: readonly StackResource[];
}

/** Where a resource says to which other it belongs. */
export interface Link {
    /** The types of those that belong to another. */
    readonly types: readonly string[];
    /** The input that says to which. */
    readonly input: string;
    /** The properties of a target by whose text an input may name it, where the program wrote it out. */
    readonly names: readonly string[];
}

/**
 * Joins split resources, such as a bucket and its public access block.
 *
 * A reference settles it, also on preview, when ids are not known; names do only where the program wrote them out twice.
 */
export function attached(
    stack: Stack,
    targets: readonly StackResource[],
    { types, input, names }: Link,
): Attachments {
    const byUrn = new Map<string, StackResource[]>(targets.map(({ urn }) => [urn, []]));
    const byName = new Map<string, string>();
    for (const target of targets) {
        for (const path of names) {
            const name = target.inputs.at(path).text();
            if (name.state === "known" && name.value !== "") byName.set(name.value, target.urn);
        }
    }
    const loose: StackResource[] = [];
    for (const resource of stack.all(...types)) {
        const references = resource.references(input);
        const targets = references.filter((urn) => byUrn.has(urn));
        for (const urn of targets) byUrn.get(urn)?.push(resource);
        if (targets.length > 0) continue;
        const given = told(resource, input).text();
        const named = given.state === "known" ? byName.get(given.value) : undefined;
        if (named !== undefined) byUrn.get(named)?.push(resource);
        if (given.state === "unknown" && references.length === 0) loose.push(resource);
    }
    return { of: (target) => byUrn.get(target.urn) ?? [], loose };
}

/** What stands at an input. Outputs do not repeat all of them: azure-native's leave out the names of what is above. */
function told({ inputs, given }: StackResource, input: string): Value {
    const value = inputs.at(input);
    return value.state === "absent" ? given.at(input) : value;
}

/** Unknown if there is something that may turn out to belong here, else false. */
export function maybe(loose: Attachments["loose"], input: string): Truth {
    const [first] = loose;
    return first === undefined ? false : { unknown: first.inputs.get(input).path };
}

/** Stands in for what is not there. */
export const NOTHING = new Value(undefined);

function push<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
    const list = lists.get(key);
    if (list === undefined) lists.set(key, [value]);
    else list.push(value);
}
