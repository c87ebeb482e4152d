import type { Severity } from "../../policies/rules/rule.ts";
import type { FindingState } from "../plan/model.ts";
import {
    FORMULA,
    SEVERITIES,
    STATES,
    type ControlEvidence,
    type ControlState,
    type FoundBy,
    type RuleEvidence,
    type Score,
    type SeverityCounts,
    type Summary,
    type Tally,
} from "./model.ts";

/** Counts what stands in evidence. */
export function summarise(
    controls: readonly ControlEvidence[],
    rules: readonly RuleEvidence[],
    elsewhere: readonly FoundBy[],
): Summary {
    const behind = rules.flatMap(({ findings, severity, level }) =>
        findings.map(({ state }) => ({ state, severity, level })),
    );
    return {
        byMapping: tally(controls.map(({ byMapping }) => byMapping.state)),
        byAnalogy: tally(controls.map(({ byAnalogy }) => byAnalogy.state)),
        together: tally(controls.map(({ state }) => state)),
        outside: controls.filter(({ outside }) => outside !== undefined).length,
        findings: countBySeverity(behind),
        elsewhere: countBySeverity(elsewhere),
        blocking: behind.filter(
            ({ state, severity, level }) =>
                state === "fail" && (severity === "critical" || level === "mandatory"),
        ).length,
    };
}

/** How many controls are in each state, and the score. */
export function tally(states: readonly ControlState[]): Tally {
    const count = (state: ControlState) => states.filter((one) => one === state).length;
    const controls = Object.fromEntries(STATES.map((state) => [state, count(state)] as const));
    return { controls: controls as Tally["controls"], score: scoreOf(count) };
}

function scoreOf(count: (state: ControlState) => number): Score {
    const passed = count("pass");
    const of = passed + count("fail") + count("unknown");
    const score = { passed, of, formula: FORMULA } as const;
    // Rounded down, so that one failed control in thousands does not read as 100.
    return of === 0 ? score : { ...score, percent: Math.floor((passed * 1000) / of) / 10 };
}

function countBySeverity(
    findings: readonly { readonly state: FindingState; readonly severity: Severity }[],
): SeverityCounts {
    const counts: Record<Severity, Record<FindingState, number>> = {
        critical: { fail: 0, unknown: 0, waived: 0 },
        high: { fail: 0, unknown: 0, waived: 0 },
        medium: { fail: 0, unknown: 0, waived: 0 },
        low: { fail: 0, unknown: 0, waived: 0 },
    };
    for (const { severity, state } of findings) counts[severity][state] += 1;
    return counts;
}

/** The sum over all severities. */
export function sumOf(counts: SeverityCounts, state: FindingState): number {
    return SEVERITIES.reduce((sum, severity) => sum + counts[severity][state], 0);
}
