/**
 * What a simulated cloud knows about its resource types: one table per cloud, data first.
 *
 * The real engine (through `server.ts`) and the mocks of the unit tests answer from the same tables, so there is one
 * model of each cloud.
 */

/** Plain JSON: what a provider gets and gives. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type Properties = { [key: string]: Json };

/** Stands for a value that is unknown until something else is created. Rules treat it as "cannot say yet". */
export const UNKNOWN = "\u0000unknown";

/** Where a provider's configuration points: AWS account and region, Azure subscription, Google project, cluster endpoint. */
export interface Scope {
    /** AWS account id, Azure subscription id, Google Cloud project id; for Kubernetes the API server's URL. */
    readonly account: string;
    /** The provider's region; empty where the provider has none. */
    readonly region: string;
}

/** A resource that stands in the simulated world. */
export interface Instance {
    readonly type: string;
    readonly id: string;
    readonly urn: string;
    readonly scope: Scope;
    readonly inputs: Properties;
    /** Inputs plus everything the cloud computed. */
    readonly outputs: Properties;
}

/** A resource about to be made: what the functions of a rule may look at. Inputs hold UNKNOWN only in `check`. */
export interface Draft {
    readonly type: string;
    readonly urn: string;
    /** The logical name, the URN's last part. */
    readonly logicalName: string;
    readonly scope: Scope;
    readonly inputs: Properties;
    /**
     * Stable digits for ids and generated values: the same for the same URN and creation number in one world.
     *
     * A pure function of its arguments: asked twice with the same length and alphabet it answers the same. Ask for one
     * long text and cut it where several different values are needed.
     *
     * @default alphabet: lower-case hexadecimal digits
     */
    random(length: number, alphabet?: string): string;
}

/** What stands, as a rule may ask. */
export interface World {
    /** All instances of a type (or any type, if left out) in every scope. What is still being created is not listed. */
    all(type?: string): readonly Instance[];
    /**
     * The instance of one of the types whose id is this, or whose output at `by` is this.
     *
     * Where several match, one in the asking resource's own account and region is preferred.
     */
    find(types: readonly string[], value: Json, by?: string): Instance | undefined;
}

/** A refusal in the cloud's own words. `property` is the input it is about, where there is one. */
export interface Refusal {
    readonly property?: string;
    readonly reason: string;
}

/** A name the cloud checks, and makes up if the program gives none. */
export interface SimName {
    /** The input that holds it: `name`, `resourceName`, `accountId`. */
    readonly property: string;
    /** What it must match as a whole. */
    readonly pattern: RegExp;
    /** The longest one allowed. */
    readonly max: number;
    /** What stands between the logical name and the random tail of a generated name. @default "-" */
    readonly separator?: string;
    /** False if the SDK makes the name a required input. @default true */
    readonly auto?: boolean;
    /** Turns a logical name into what the provider's auto-naming would start from, e.g. lower case. @default the logical name */
    readonly from?: (logicalName: string) => string;
    /** Within what the name is unique. `path:<input>` means among those that share that input's value. @default "account" */
    readonly unique?: "global" | "account" | "region" | "none" | `path:${string}`;
    /** The cloud's own words for a name it refuses. @default "invalid <property> …" */
    readonly words?: (name: string) => string;
    /** The cloud's own words for a name that is taken already. @default the provider's usual words */
    readonly taken?: (name: string) => string;
    /** How many random digits a generated name ends with. @default 7 (azure-native and kubernetes: 8) */
    readonly digits?: number;
}

/** An input that names something which must stand when the resource is created. */
export interface Reference {
    /** Dotted path of the input; `[]` goes into every element of a list: `vpcConfig.subnetIds[]`. */
    readonly path: string;
    /** The types it may name. */
    readonly to: readonly string[];
    /** The output of the target that the input holds. @default its id */
    readonly by?: string;
    /** The cloud's own words for something that is not there. */
    readonly words?: (value: string) => string;
    /** True if deleting the target while this resource stands is refused. @default true */
    readonly blocks?: boolean;
}

/** Typical durations in seconds of the real thing, before SIM_TIME_SCALE. */
export interface Seconds {
    readonly create: number;
    /** @default a third of create */
    readonly update?: number;
    /** @default half of create */
    readonly delete?: number;
}

/** Everything the simulated cloud knows about one resource type. */
export interface TypeRule {
    /**
     * Dotted paths of the inputs that must be there.
     *
     * `ingress[].fromPort` must be there in every element of the list; `scaling.max` is missing too if there is no
     * `scaling` at all, unless the path begins with `?`: `?scaling.max` is required only inside a given `scaling`.
     */
    readonly required?: readonly string[];
    readonly name?: SimName;
    readonly references?: readonly Reference[];
    /** Dotted paths of the inputs whose change replaces the resource. `*` stands for one key or index. */
    readonly immutable?: readonly string[];
    /**
     * True if a replacement must be deleted before it is made again, because its name or place is exclusive. A function
     * is asked with the new inputs and the old ones.
     *
     * @default false
     */
    readonly deleteBeforeReplace?: boolean | ((draft: Draft, olds: Properties) => boolean);
    /** True if making what stands already succeeds, as switching on what is on or granting what is granted. */
    readonly repeatable?: boolean;
    /** Defaults that the cloud fills into the inputs. */
    readonly defaults?: Properties;
    /** Refusals that need only the inputs; unknown values are UNKNOWN and must be let through. Runs on preview too. */
    readonly check?: (draft: Draft) => readonly Refusal[];
    /** Refusals that need the world. Runs when the resource is created or updated, with all inputs known. */
    readonly admit?: (draft: Draft, world: World, old?: Instance) => readonly Refusal[];
    /** The cloud's id. */
    readonly id: (draft: Draft, world: World) => string;
    /** What the cloud computes beyond the inputs. `id` is the id from above. Stable over updates. */
    readonly outputs?: (draft: Draft, world: World, id: string) => Properties;
    /** Outputs that are secret. */
    readonly secrets?: readonly string[];
    /** Refuses deletion for a reason beyond references, e.g. deletion protection. */
    readonly refuseDelete?: (instance: Instance, world: World) => string | undefined;
    /** Instances that vanish together with this one, e.g. everything inside a cluster. */
    readonly takesAlong?: (instance: Instance, world: World) => readonly Instance[];
    readonly seconds: Seconds;
}

/** An invoke (a provider's function). Throws an Error with the cloud's words to refuse. */
export type InvokeRule = (args: Properties, scope: Scope, world: World) => Properties;

/** One simulated provider. */
export interface Provider {
    /** The plugin's name: `aws`, `azure-native`, `gcp`, `kubernetes`, `random`. */
    readonly name: string;
    /** The version of the SDK it stands in for. @default the one in node_modules/@pulumi/<name>/package.json */
    readonly version?: string;
    /**
     * Reads account and region out of the provider's configuration, as the engine gives it: everything that is not a
     * string is the JSON text of it. Values may be UNKNOWN in a preview.
     */
    readonly scope: (config: Properties) => Scope;
    /**
     * True if the new configuration manages another place, so that everything is made anew there. Values may be UNKNOWN.
     *
     * @default true if the account of `scope` is known and differs
     */
    readonly moves?: (olds: Properties, news: Properties) => boolean;
    /** Refusals of the provider's own configuration. */
    readonly checkConfig?: (config: Properties) => readonly Refusal[];
    /**
     * Says why nothing that the configuration points at answers, e.g. because the cluster is gone. Asked before every
     * request on a resource; undefined means it can be reached.
     */
    readonly unreachable?: (scope: Scope, world: World) => string | undefined;
    /** The environment variable that, set to true, lets a read or a deletion take for gone what cannot be reached. */
    readonly forgetsBy?: string;
    /** True if resources live in the state only and nothing stands in a cloud, e.g. random passwords. @default false */
    readonly stateless?: boolean;
    readonly types: Readonly<Record<string, TypeRule>>;
    /** Answers for types that the table has no entry for, e.g. custom resources. @default refused as unknown */
    readonly fallback?: (type: string) => TypeRule | undefined;
    readonly invokes: Readonly<Record<string, InvokeRule>>;
}
