import type { Finding, Json, Message } from "../model.ts";

/** How sure a statement is: it will be so, or it depends on what only the update tells. */
export type Certainty = "will" | "may";

/** What differs between two revisions of a stack: `base` is the other revision, `head` what the plan shows. */
export interface Comparison {
    /** The other revision as it was asked for, and its commit. */
    readonly revision: string;
    readonly commit: string;
    /** False if the other revision has no such stack: then everything is new. */
    readonly known: boolean;
    /** What a reader has to know about how the two were made. */
    readonly notes: readonly string[];
    readonly counts: ComparisonCounts;
    /** What is lost or stops the update, worst first. */
    readonly dangers: readonly Danger[];
    /** Renames without an alias, by their topmost resource. Any of them is an error. */
    readonly lost: readonly LostRename[];
    /** The resources that differ, by site, type and name. */
    readonly resources: readonly ResourceChange[];
    readonly findings: FindingChanges;
    readonly settings: readonly SettingChange[];
    readonly outputs: readonly ValueChange[];
    /** What the program tells now and did not tell before. */
    readonly messages: readonly Message[];
    /** What the other revision's guardrails say of this one; only where they differ from those here. */
    readonly guardrails?: OtherGuardrails;
}

/** What the rules, levels and waivers of the other revision make of what this one's program does. */
export interface OtherGuardrails {
    /** What only they find, or only they make mandatory. */
    readonly findings: readonly Finding[];
    /** Why they could not judge; empty if they did. */
    readonly failure: string;
    /** True if the user accepts what this revision's guardrails let through. */
    readonly accepted: boolean;
}

/** Custom resources, providers included and components not. */
export interface ComparisonCounts {
    readonly added: number;
    readonly changed: number;
    readonly replaced: number;
    readonly removed: number;
    readonly renamed: number;
    /** What may change or be replaced, depending on values that only the update tells. */
    readonly uncertain: number;
    readonly unchanged: number;
}

export type ResourceChangeKind = "added" | "changed" | "replaced" | "renamed" | "removed";

/** One resource that differs. */
export interface ResourceChange {
    readonly kind: ResourceChangeKind;
    readonly certainty: Certainty;
    readonly urn: string;
    /** The URN in the base, where an alias leads to it or a rename lost it. */
    readonly before?: string;
    readonly type: string;
    readonly token: string;
    readonly name: string;
    readonly site: string;
    readonly custom: boolean;
    /** Inputs and options that differ, in the order of paths. Empty for what is added or removed. */
    readonly changes: readonly ValueChange[];
    /** The URNs of replaced resources, and of providers with other default tags, that bring this about. */
    readonly because: readonly string[];
}

/** One value that differs. */
export interface ValueChange {
    readonly path: string;
    readonly kind: "add" | "delete" | "update";
    /** Masked like the plan's; missing where there was none. */
    readonly old?: Json;
    readonly new?: Json;
    readonly certainty: Certainty;
    /** True if it can be changed only by making the resource anew. */
    readonly replaces: boolean;
    /** True if both are hidden, by a secret or because they are unknown, and made differently all the same. */
    readonly hidden: boolean;
}

/** Something that a reader has to see first. */
export interface Danger {
    readonly kind: "removed" | "replaced";
    readonly certainty: Certainty;
    readonly urn: string;
    readonly token: string;
    readonly name: string;
    readonly site: string;
    /** `database`. */
    readonly what: string;
    /** What is lost, as a whole sentence. */
    readonly loses: string;
    /** True if `protect` stops the update before anything is lost. */
    readonly protect: boolean;
    /** True if the resource stays in the cloud, and only the stack forgets it. */
    readonly retained: boolean;
    /** The inputs that replace it. */
    readonly paths: readonly string[];
    /** The URNs of replaced resources that bring this about. */
    readonly because: readonly string[];
}

/** A resource whose URN changed and that no alias leads back to: it would be deleted and made anew. */
export interface LostRename {
    readonly before: string;
    readonly urn: string;
    readonly token: string;
    /** How many resources below it share its fate. An alias on it covers them too. */
    readonly below: number;
}

/** A setting whose effective value differs. */
export interface SettingChange {
    /** Empty for those of the stack. */
    readonly site: string;
    readonly setting: string;
    readonly old?: Json;
    readonly new?: Json;
}

/** Findings that come and go, in the order of the plan. */
export interface FindingChanges {
    readonly appeared: readonly Finding[];
    readonly resolved: readonly Finding[];
}
