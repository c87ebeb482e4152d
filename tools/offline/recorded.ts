import assert from "node:assert/strict";

import { renderPath, type Path } from "../../simulator/paths.ts";
import type { Properties } from "../../simulator/table.ts";

/** The options a resource was registered with, as far as the engine gets to see them. */
export interface RecordedOptions {
    readonly protect: boolean;
    /** The URN of the provider; empty for a component. */
    readonly provider: string;
    /** The URNs of everything it waits for, through inputs or by dependsOn. */
    readonly dependencies: readonly string[];
    /** The same by input. */
    readonly propertyDependencies: Readonly<Record<string, readonly string[]>>;
    readonly ignoreChanges: readonly string[];
    readonly replaceOnChanges: readonly string[];
    readonly additionalSecretOutputs: readonly string[];
    /** Undefined where the program leaves it to the provider. */
    readonly deleteBeforeReplace: boolean | undefined;
    readonly retainOnDelete: boolean;
    /** The URN of the resource it vanishes with; empty if none. */
    readonly deletedWith: string;
    /** The other URNs under which the engine would look for it. */
    readonly aliases: readonly string[];
}

/** A line of a file, by its absolute path. */
export interface Frame {
    readonly file: string;
    readonly line: number;
}

/** A resource that the program registered. */
export class RecordedResource {
    readonly type: string;
    readonly name: string;
    readonly urn: string;
    /** The parent's URN; empty at the top. */
    readonly parent: string;
    readonly custom: boolean;
    /** Empty for a component, and in a preview. */
    readonly id: string;
    /** What the program gave, in plain; a value that is not known yet is UNKNOWN. */
    readonly inputs: Properties;
    /** Where the program's secrets stand in the inputs, as Pulumi writes paths. */
    readonly secrets: readonly string[];
    /** What the simulated cloud answered; a component's registered outputs. */
    outputs: Properties;
    readonly options: RecordedOptions;
    /** Where the program stood when it made the resource, innermost first. Only where the run was asked for sources. */
    readonly frames?: readonly Frame[];

    constructor(
        from: Omit<RecordedResource, "isSecret" | "secrets"> & {
            readonly secrets: readonly Path[];
        },
    ) {
        this.type = from.type;
        this.name = from.name;
        this.urn = from.urn;
        this.parent = from.parent;
        this.custom = from.custom;
        this.id = from.id;
        this.inputs = from.inputs;
        this.secrets = from.secrets.map((path) => renderPath(path));
        this.outputs = from.outputs;
        this.options = from.options;
        if (from.frames !== undefined) this.frames = from.frames;
    }

    /** True if the input at this path, or something it stands in, is secret. */
    isSecret(path: string): boolean {
        return this.secrets.some(
            (secret) =>
                path === secret || path.startsWith(`${secret}.`) || path.startsWith(`${secret}[`),
        );
    }
}

/** A provider function that the program called. */
export interface RecordedCall {
    readonly token: string;
    readonly inputs: Properties;
    /** Where secrets stand in the inputs. */
    readonly secrets: readonly string[];
}

/** Everything that a run registered, in the order of registration, which is not always the same. */
export class Recorded<T = unknown> {
    /** What the build function returned. */
    readonly result: T;
    readonly resources: readonly RecordedResource[];
    /** The provider functions that were called. */
    readonly calls: readonly RecordedCall[];

    constructor(result: T, resources: readonly RecordedResource[], calls: readonly RecordedCall[]) {
        this.result = result;
        this.resources = resources;
        this.calls = calls;
    }

    /** The resources of a type. */
    all(type: string): readonly RecordedResource[] {
        return this.resources.filter((resource) => resource.type === type);
    }

    /** The one resource of a type, or the one with this name among several; fails otherwise. */
    one(type: string, name?: string): RecordedResource {
        const found = this.all(type).filter((one) => name === undefined || one.name === name);
        const wanted = name === undefined ? type : `${type} ${name}`;
        assert.equal(found.length, 1, `expected one ${wanted}, but there are ${found.length}`);
        return found[0] as RecordedResource;
    }

    /** The sorted names of a type's resources. */
    names(type: string): string[] {
        return this.all(type)
            .map(({ name }) => name)
            .sort();
    }

    /** Every resource as "type name", sorted; those of one package only, if given. Providers are left out. */
    list(packageName?: string): string[] {
        return this.resources
            .filter(({ type }) => !type.startsWith("pulumi:"))
            .filter(({ type }) => packageName === undefined || type.startsWith(`${packageName}:`))
            .map(({ type, name }) => `${type} ${name}`)
            .sort();
    }

    /** The sorted URNs. */
    urns(): string[] {
        return this.resources.map(({ urn }) => urn).sort();
    }
}
