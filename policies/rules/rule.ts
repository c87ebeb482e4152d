import type { PolicyConfigSchema } from "@pulumi/policy";
import type { Value } from "../runtime/reader.ts";
import type { Verdict } from "../runtime/truth.ts";

export type Cloud = "aws" | "azure" | "gcp" | "kubernetes";

/** How bad it is if a rule is broken. Critical and high stop a deployment by default. */
export type Severity = "critical" | "high" | "medium" | "low";

/** A requirement of a standard that a rule helps to fulfil. It is a lead for an auditor and proves nothing alone. */
export interface Requirement {
    /** The versions are PCI DSS 4.0.1, CIS EKS 1.8.0, AKS 1.8, GKE 1.9.0, AWS 7, Azure 6, GCP 5; HIPAA is 45 CFR. */
    readonly standard:
        | "PCI DSS"
        | "HIPAA"
        | "SOC 2"
        | "GDPR"
        | "CIS EKS"
        | "CIS AKS"
        | "CIS GKE"
        | "CIS AWS"
        | "CIS Azure"
        | "CIS GCP"
        | "NSA"
        | "PSS";
    readonly reference: string;
    /** True if no published mapping says so. @default false */
    readonly analogy?: boolean;
}

/** A resource as rules see it: its inputs before the engine acts on them. */
export interface Resource {
    /** The normalised type token. */
    readonly type: string;
    readonly inputs: Value;
    /** The rule's own settings, from `--policy-pack-config`. */
    readonly options: Value;
}

/** A resource of the whole stack. */
export interface StackResource {
    readonly type: string;
    readonly urn: string;
    /** Outputs, or the inputs where the provider gives no outputs yet. */
    readonly props: Value;
    /** The URNs of the resources that an input refers to. Known on preview, when ids are not. */
    readonly references: (input: string) => readonly string[];
}

/** What a rule says about a resource of the stack. */
export type StackVerdict = Verdict & { readonly urn: string };

/** Judges one resource. No verdict means that all is well. */
export type Check = (resource: Resource) => readonly Verdict[];

/**
 * One guardrail: facts, and functions that judge.
 *
 * Checks are pure. They read values through `Value` only, so they can neither throw nor print a secret, and their
 * messages are made of constants and paths, never of what stands there.
 */
export interface Rule {
    /** Unique, and public: users name it in `--policy-pack-config`. */
    readonly id: string;
    /** What holds if the rule is kept, as a sentence. */
    readonly title: string;
    /** What happens if it is not. */
    readonly why: string;
    readonly clouds: readonly Cloud[];
    readonly severity: Severity;
    readonly level: "mandatory" | "advisory";
    readonly requirements: readonly Requirement[];
    /** What to do, in the imperative. */
    readonly remediation: string;
    /** The vendor's page about it. */
    readonly see: string;
    /** Settings that users may give, with their defaults. */
    readonly options?: PolicyConfigSchema;
    /** A check per normalised type token, for what a resource settles on its own; `*` is for all other types. */
    readonly checks: Readonly<Record<string, Check>>;
    /** For what several resources settle together. Runs once, after all resources. */
    readonly stack?: StackCheck;
}

/** A check over the whole stack. */
export interface StackCheck {
    /** The types it looks at, besides those whose references it follows. */
    readonly types: readonly string[];
    readonly check: (resources: readonly StackResource[]) => readonly StackVerdict[];
}

/** The same check for several types. */
export function forTypes(types: readonly string[], check: Check): Record<string, Check> {
    return Object.fromEntries(types.map((type) => [type, check]));
}
