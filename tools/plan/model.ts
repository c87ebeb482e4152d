import type { Level, PackName, Severity } from "../../policies/rules/rule.ts";
import type { Origin } from "../../components/settings/types.ts";

/** Plain JSON, as it is read only. */
export type Json =
    null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

export type JsonObject = { readonly [key: string]: Json };

/** Stands where the program put a secret. `secrets` beside it lists the paths, so a text that reads the same is told apart. */
export const SECRET = "[secret]";

/** Stands where a value is known only after the update. `unknowns` beside it lists the paths. */
export const UNKNOWN = "[unknown]";

/** The version of this model in files. It changes when something is renamed, removed or means something else. */
export const FORMAT = 1;

/**
 * A whole stack, rendered without an engine: what would be registered, what the rules say about it, and what it puts out.
 *
 * Plain data in a fixed order and without times or paths of a machine: the same program and stack file give the same bytes.
 */
export interface Plan {
    readonly format: typeof FORMAT;
    readonly project: string;
    readonly stack: string;
    readonly settings: PlannedSettings;
    /** Sorted by key; what belongs to no component stands in a site without a key, which comes first. */
    readonly sites: readonly PlannedSite[];
    /** Sorted by site, component, type and name. Components and providers included, the stack itself not. */
    readonly resources: readonly PlannedResource[];
    /** Sorted by rule, resource and path. */
    readonly findings: readonly Finding[];
    /** Every rule that is not disabled, sorted by id, and how often it was kept and broken. */
    readonly rules: readonly RuleResult[];
    /** What packs at level `remediate` would mend before anything is created. */
    readonly repairs: readonly Repair[];
    /** What the stack would put out, masked like inputs. */
    readonly outputs: Masked;
    /** What the program told while it ran, in its order, each once. */
    readonly messages: readonly Message[];
    /**
     * The provider functions whose answers only the clouds know, each call once. Everything made of an answer is unknown
     * here, and resources that the program makes only once it has one are missing.
     */
    readonly unanswered: readonly Unanswered[];
    readonly counts: Counts;
}

/** A provider function that the program calls. */
export interface Unanswered {
    /** `aws:index/getCallerIdentity:getCallerIdentity`. */
    readonly token: string;
    readonly inputs: JsonObject;
}

/** Values in which secrets and unknown values are replaced by markers. */
export interface Masked {
    readonly values: JsonObject;
    /** The paths at which `SECRET` stands, as Pulumi writes paths: `data["tls.key"]`, `list[0]`. Sorted. */
    readonly secrets: readonly string[];
    /** The paths at which `UNKNOWN` stands. Sorted. */
    readonly unknowns: readonly string[];
}

/** The effective settings, as `npm run settings` shows them. Empty for a program that has none of this project's. */
export interface PlannedSettings {
    readonly stack: readonly SettingRow[];
    /** By a site's key. */
    readonly sites: Readonly<Record<string, readonly SettingRow[]>>;
}

export interface SettingRow {
    readonly setting: string;
    readonly value: Json;
    /** Where the value comes from, weakest first: default, profile, stack, site. */
    readonly origin: Origin;
}

/** What stands below one top-level component. */
export interface PlannedSite {
    /** The user's key of the site, or the component's name if the settings know no such site. Empty for the rest. */
    readonly key: string;
    /** aws, azure or gcp; empty if the settings know no such site. */
    readonly cloud: string;
    readonly region: string;
    readonly component: PlannedComponent;
}

/** A component and what stands below it. */
export interface PlannedComponent {
    /** Empty for what belongs to no component. */
    readonly urn: string;
    readonly type: string;
    readonly name: string;
    /** The URNs of its own resources, without those of the components below; in the order of the plan. */
    readonly resources: readonly string[];
    /** In the order of type and name. */
    readonly components: readonly PlannedComponent[];
    /** How many custom resources stand here and below: in all but for providers, and by type token. */
    readonly total: number;
    readonly byType: Readonly<Record<string, number>>;
}

/** A resource as the program would register it. */
export interface PlannedResource {
    readonly urn: string;
    /** The normalised type, on which rules match: `kubernetes:apps:Deployment`. */
    readonly type: string;
    /** The type as the program gave it, with its API version: `kubernetes:apps/v1:Deployment`. */
    readonly token: string;
    readonly name: string;
    /** The key of its site; empty if it belongs to none. */
    readonly site: string;
    /** The components it stands in, outermost first, as `platform:aws:Cluster myapp-dev-aws`. */
    readonly component: readonly string[];
    /** The URN of its parent; empty at the top. */
    readonly parent: string;
    /** False for components. */
    readonly custom: boolean;
    readonly protect: boolean;
    /** The URN of its provider; empty for components and providers. */
    readonly provider: string;
    /** What the program gave, with markers for secret and unknown values. */
    readonly inputs: JsonObject;
    /** The paths of secret inputs. Sorted. */
    readonly secrets: readonly string[];
    /** The paths of inputs that are known only after the update. Sorted. */
    readonly unknowns: readonly string[];
    /** The URNs of what it waits for. Sorted. */
    readonly dependencies: readonly string[];
    /** The URNs of what each input refers to. */
    readonly propertyDependencies: Readonly<Record<string, readonly string[]>>;
    readonly ignoreChanges: readonly string[];
    readonly replaceOnChanges: readonly string[];
    readonly retainOnDelete: boolean;
    /** The URN of the resource it vanishes with; empty if none. */
    readonly deletedWith: string;
    /** The other URNs under which the engine looks for it in the state, old names of its parents included. */
    readonly aliases: readonly string[];
    /** Where the program makes it. Only where `makePlan` was asked for sources. */
    readonly source?: Source;
}

/** A line of a file of the project, its path relative to the project's root. */
export interface Position {
    readonly file: string;
    readonly line: number;
}

/** The line of the program that makes a resource. */
export interface Source extends Position {
    /** The project's lines that led there, innermost first. */
    readonly callers: readonly Position[];
}

/**
 * What became of a rule at one place: broken, not to be told before the update, or broken and waived.
 */
export type FindingState = "fail" | "unknown" | "waived";

/** Something that a rule says about a resource. */
export interface Finding {
    readonly rule: string;
    /** What holds if the rule is kept. */
    readonly title: string;
    readonly severity: Severity;
    readonly level: Level;
    readonly pack: PackName;
    readonly state: FindingState;
    /** The resource; empty if it is about the stack as a whole. */
    readonly urn: string;
    /** The input to look at; empty for the resource as a whole. */
    readonly path: string;
    /** Continues the path: `is open to the Internet`. */
    readonly message: string;
    readonly why: string;
    readonly remediation: string;
    readonly see: string;
    /** True if a pack at level `remediate` can mend it. */
    readonly fixable: boolean;
    /** Under what it stands; only where the state is waived. */
    readonly waiver?: {
        readonly owner: string;
        readonly reason: string;
        readonly expires: string;
    };
}

/** How often a rule was kept and broken. */
export interface RuleResult {
    readonly rule: string;
    readonly title: string;
    readonly severity: Severity;
    readonly level: Level;
    readonly pack: PackName;
    /** How many resources it judges. */
    readonly judged: number;
    /** How many of them keep it: judged, and nothing was found. */
    readonly kept: number;
    /** How many findings it has, by their state. */
    readonly fail: number;
    readonly unknown: number;
    readonly waived: number;
}

/** A change that a rule at level `remediate` makes. */
export interface Repair {
    readonly rule: string;
    readonly urn: string;
    readonly paths: readonly string[];
}

/** Something that the program told. */
export interface Message {
    readonly severity: "info" | "warning" | "error";
    readonly text: string;
    /** The resource it is about; empty if it is about the stack. */
    readonly urn: string;
}

export interface Counts {
    readonly components: number;
    /** Custom resources, without providers. */
    readonly resources: number;
    readonly providers: number;
    readonly mandatory: FindingCounts;
    readonly advisory: FindingCounts;
}

export type FindingCounts = Readonly<Record<FindingState, number>>;
