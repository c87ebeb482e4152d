import type { PolicyConfigSchema } from "@pulumi/policy";
import type { Stack, StackResource } from "../runtime/stack.ts";
import type { Value } from "../runtime/reader.ts";
import type { Verdict } from "../runtime/truth.ts";
import type { Remediation } from "./remedy.ts";

export type Cloud = "aws" | "azure" | "gcp" | "kubernetes";

/** The pack that a rule belongs to, besides the one that holds them all. */
export type PackName = "security" | "reliability" | "cost";

/** How bad it is if a rule is broken. Critical and high stop a deployment by default. */
export type Severity = "critical" | "high" | "medium" | "low";

/** What a finding does: stop the deployment, or be told only. */
export type Level = "mandatory" | "advisory";

/**
 * The standards that rules refer to. The versions are PCI DSS 4.0.1, CIS EKS 1.8.0, AKS 1.8, GKE 1.9.0, AWS 7, Azure 6,
 * GCP 5; HIPAA is 45 CFR; NSA numbers are Kubescape's controls; PSS are the Pod Security Standards.
 */
export type Standard =
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

/** The numbers of requirements by standard. They are leads for an auditor and prove nothing alone. */
export type Requirements = Readonly<Partial<Record<Standard, readonly string[]>>>;

/** A resource as rules see it: its inputs before the engine acts on them. */
export interface Resource {
    /** The normalised type token. */
    readonly type: string;
    /** The token as the program gave it, with its API version. */
    readonly token: string;
    readonly urn: string;
    readonly name: string;
    readonly inputs: Value;
    /** Whether the resource is protected by Pulumi's option of that name. */
    readonly protect: boolean;
    /** The name of its provider, which begins with `default` for a default provider; undefined if it is not told. */
    readonly provider: string | undefined;
    /** The URN of its provider, which leads to the cluster of a Kubernetes object; undefined if it is not told. */
    readonly providerUrn: string | undefined;
}

/** What a check may know besides the resource. */
export interface Context {
    /** The rule's own settings, from `--policy-pack-config`. */
    readonly options: Value;
    /** The day of the run, as `2026-11-21`. */
    readonly today: string;
}

/** What a rule says about a resource of the stack. */
export type StackVerdict = Verdict & { readonly urn: string };

/** Judges one resource. No verdict means that all is well. */
export type Check = (resource: Resource, context: Context) => readonly Verdict[];

/** A change of one input. */
export interface Change {
    /** Where it stands: `vpcConfig.endpointPrivateAccess`, `spec.containers[0].securityContext`. */
    readonly path: string;
    /** What shall stand there, as JSON. */
    readonly value: unknown;
}

/** How the pack can put a broken resource right by itself. */
export interface Fix {
    /** True if the change replaces the resource. Such a fix is applied only where the user allows it by name. */
    readonly replaces: boolean;
    /** What to change so that the rule is kept; nothing if the resource keeps it, or if that cannot be told. */
    readonly changes: (resource: Resource, context: Context) => readonly Change[];
}

/**
 * One guardrail: facts, and functions that judge.
 *
 * Checks are pure. They read values through `Value` only, so they can neither throw nor print a secret, and their
 * messages are made of constants, paths and sums, never of the text that stands there.
 */
export interface Rule {
    /** Unique, and public: users name it in `--policy-pack-config`. */
    readonly id: string;
    /** What holds if the rule is kept, as a sentence. */
    readonly title: string;
    /** What happens if it is not. */
    readonly why: string;
    readonly clouds: readonly Cloud[];
    readonly pack: PackName;
    readonly severity: Severity;
    /** Where a published mapping says that the rule helps. */
    readonly requirements: Requirements;
    /** Where it helps by analogy, though no published mapping says so. */
    readonly analogies?: Requirements;
    /** What to do, alike for all that it judges or by family of types; `remedyFor` tells what fits a resource. */
    readonly remediation: Remediation;
    /** The vendor's page about it. */
    readonly see: string;
    /** Settings that users may give, with their defaults. */
    readonly options?: PolicyConfigSchema;
    /** The option, a list, without which the rule has nothing to say: not even that all is well. */
    readonly needs?: string;
    /** True if the rule is for stacks of production only; see `isProduction`. @default false */
    readonly production?: boolean;
    /** A check per normalised type token, for what a resource settles on its own; `*` is for all other types. */
    readonly checks: Readonly<Record<string, Check>>;
    /** Narrows `*` down to the types for which this is true. @default all types */
    readonly concerns?: (type: string) => boolean;
    /** The types among `checks` that cannot break the rule, because the cloud leaves no choice. */
    readonly alwaysKept?: readonly string[];
    /** For what several resources settle together. Runs once, after all resources. */
    readonly stack?: StackCheck;
    /** Safe repairs by normalised type token. They are made at level `remediate` only. */
    readonly fixes?: Readonly<Record<string, Fix>>;
    /** Notes where the rule differs from what lists of requirements say, and why. */
    readonly note?: string;
}

/** A check over the whole stack. */
export interface StackCheck {
    /** The types whose resources it judges: one without a verdict keeps the rule. */
    readonly judges: readonly string[];
    /** Further types that it looks at. A type ending in `*` stands for all that begin so. */
    readonly reads?: readonly string[];
    readonly check: (stack: Stack, context: Context) => readonly StackVerdict[];
}

/** The level of a rule unless a configuration says otherwise. */
export function levelOf({ severity }: Rule): Level {
    return severity === "critical" || severity === "high" ? "mandatory" : "advisory";
}

/** The same check for several types. */
export function forTypes(types: readonly string[], check: Check): Record<string, Check> {
    return Object.fromEntries(types.map((type) => [type, check]));
}

/** Places verdicts on a resource of the stack. */
export function on({ urn }: StackResource, verdicts: readonly Verdict[]): readonly StackVerdict[] {
    return verdicts.map((verdict) => ({ ...verdict, urn }));
}
