import type { Level, Severity, Standard } from "../../policies/rules/rule.ts";
import type { Finding, FindingState } from "../plan/model.ts";

/** The version of this model in files. It changes when something is renamed, removed or means something else. */
export const FORMAT = 2;

/** What became of a rule in a stack. */
export type RuleState = "fail" | "unknown" | "waived" | "pass" | "not-applicable";

/** What became of a control: the worst that its rules say. A control that no rule serves is not covered. */
export type ControlState = RuleState | "not-covered";

/** From the worst to what says nothing. */
export const STATES: readonly ControlState[] = [
    "fail",
    "unknown",
    "waived",
    "pass",
    "not-applicable",
    "not-covered",
];

export const SEVERITIES: readonly Severity[] = ["critical", "high", "medium", "low"];

/**
 * What the rules tell about the controls of one framework: leads for an auditor, and never a verdict.
 *
 * Plain data in a fixed order: the same plan, rules and day give the same bytes. Findings have paths and constant words
 * only, so no value of the stack stands here, secret or not.
 */
export interface Evidence {
    readonly format: typeof FORMAT;
    readonly framework: FrameworkFacts;
    readonly project: string;
    readonly stack: string;
    /** What was judged: what the program would register, or what a state says is there. */
    readonly source: Source;
    /** The day that was judged by, as `2026-11-21`; empty if the caller named none. */
    readonly day: string;
    readonly summary: Summary;
    /** In the order of the framework. */
    readonly controls: readonly ControlEvidence[];
    /** The rules behind the controls, sorted by id. */
    readonly rules: readonly RuleEvidence[];
    /**
     * Findings that belong to no control of this framework, by their rule or, for a benchmark of one cloud, by their
     * resource. With those of `rules`, these are all there are.
     */
    readonly elsewhere: readonly FoundBy[];
}

export type Source = "plan" | "state";

export interface FrameworkFacts {
    readonly name: string;
    readonly standard: Standard;
    readonly title: string;
    /** How complete the list of controls is. */
    readonly list: string;
    /** What is out of sight, whatever the rules say. */
    readonly outside: readonly string[];
}

export interface Summary {
    /** By published mappings, by analogies, and by both: then the worst of the two counts. */
    readonly byMapping: Tally;
    readonly byAnalogy: Tally;
    readonly together: Tally;
    /** How many controls have a reason to be out of sight of any program like this. */
    readonly outside: number;
    /** The findings behind the controls by severity, each once. */
    readonly findings: SeverityCounts;
    /** The findings that belong to no control of this framework. */
    readonly elsewhere: SeverityCounts;
    /** Failing findings behind the controls, critical or of mandatory rules: these decide the exit code. */
    readonly blocking: number;
}

export type SeverityCounts = Readonly<Record<Severity, Readonly<Record<FindingState, number>>>>;

/** How many controls are in each state, and what that comes to. */
export interface Tally {
    readonly controls: Readonly<Record<ControlState, number>>;
    readonly score: Score;
}

/** Passed controls among those that could be judged. */
export interface Score {
    readonly passed: number;
    /** Passed, failed and unknown controls. */
    readonly of: number;
    /** Rounded down to one decimal, so that 100 means all; undefined if there are none to judge. */
    readonly percent?: number;
    readonly formula: typeof FORMULA;
}

/** How the score is made. Printed wherever it is. */
export const FORMULA =
    "pass / (pass + fail + unknown); waived, not applicable and not covered controls count for neither side";

export interface ControlEvidence {
    readonly id: string;
    readonly title: string;
    readonly section: string;
    /** The worst of the two below. */
    readonly state: ControlState;
    /** What the rules say for which a published mapping names this control. */
    readonly byMapping: Basis;
    /** What the rules say that serve it by analogy only. */
    readonly byAnalogy: Basis;
    /** What it is a matter of, if that is out of sight of any program like this. */
    readonly outside?: string;
}

export interface Basis {
    readonly state: ControlState;
    /** Their ids, sorted. */
    readonly rules: readonly string[];
}

export interface RuleEvidence {
    readonly rule: string;
    readonly title: string;
    readonly severity: Severity;
    /** Undefined for a rule that the configuration disables. */
    readonly level?: Level;
    readonly state: RuleState;
    /** Why a rule that found nothing does not pass; empty otherwise. */
    readonly reason: string;
    readonly see: string;
    /** The URNs of the resources that it judged and found nothing about. In the order of the plan. */
    readonly kept: readonly string[];
    readonly findings: readonly Found[];
}

/** A finding without the facts of its rule, with what to do about it. */
export type Found = Pick<Finding, "state" | "urn" | "path" | "message" | "remediation" | "waiver">;

export type FoundBy = Pick<Finding, "rule" | "severity"> & Found;
