import type { Finding } from "../model.ts";
import type { JudgeAnswer } from "./guardrails-there.ts";
import type { OtherGuardrails } from "./model.ts";

/** What the other revision's guardrails find in a stack of this one, and this one's do not. */
export function otherGuardrails(
    answer: JudgeAnswer,
    index: number,
    here: readonly Finding[],
    accepted: boolean,
): OtherGuardrails | undefined {
    switch (answer.state) {
        case "missing":
            return undefined;
        case "failed":
            return { findings: [], failure: answer.reason, accepted };
        case "judged": {
            const findings = foundOnlyThere(answer.findings[index] ?? [], here);
            return { findings, failure: "", accepted };
        }
    }
}

/**
 * The findings that only the other revision's guardrails make, or that they make mandatory and these do not. What these waive,
 * or cannot tell, is not found here. What is said of the other revision's waivers themselves is no matter of this one.
 */
export function foundOnlyThere(
    there: readonly Finding[],
    here: readonly Finding[],
): readonly Finding[] {
    const key = ({ rule, urn, path }: Finding, level: Finding["level"]) =>
        JSON.stringify([rule, urn, path, level]);
    const known = new Set<string>();
    for (const one of here.filter(({ state }) => state === "fail")) {
        known.add(key(one, "advisory"));
        if (one.level === "mandatory") known.add(key(one, "mandatory"));
    }
    return there.filter(
        (one) => one.state === "fail" && one.urn !== "" && !known.has(key(one, one.level)),
    );
}

/** Whether the change of the guardrails itself stops a pull request: it lets through what they would not have. */
export function isWeaker(other: OtherGuardrails | undefined): boolean {
    if (other === undefined || other.accepted) return false;
    return other.failure !== "" || other.findings.some(({ level }) => level === "mandatory");
}
