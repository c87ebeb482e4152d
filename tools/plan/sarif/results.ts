import { createHash } from "node:crypto";
import type { ReportingDescriptor, Result } from "sarif";
import type { Finding, Plan } from "../model.ts";
import { locate } from "./locations.ts";
import { idOf } from "./rules.ts";

/** The results that go into a file, and how many had to stay out. */
export interface Results {
    readonly results: Result[];
    readonly left: number;
}

/** The worst first, where not all fit. */
const LEVELS = ["error", "warning", "note"] as const;

/** A plan's findings as results, in the plan's order; the mildest stay out where there are too many. */
export function resultsOf(
    plan: Plan,
    described: readonly ReportingDescriptor[],
    most: number,
): Results {
    const indices = new Map(described.map(({ id }, index) => [id, index]));
    const at = locate(plan);
    const print = fingerprints();
    const all = plan.findings.map((finding): Result => {
        const index = indices.get(idOf(finding));
        return {
            ruleId: idOf(finding),
            ...(index !== undefined && { ruleIndex: index }),
            level: levelOf(finding),
            message: { text: messageOf(finding) },
            ...at(finding),
            partialFingerprints: print(finding),
            suppressions: suppressionsOf(finding),
        };
    });
    const kept = new Set(
        LEVELS.flatMap((level) => all.filter((result) => result.level === level)).slice(0, most),
    );
    return { results: all.filter((result) => kept.has(result)), left: all.length - kept.size };
}

function levelOf({ state, level }: Finding): (typeof LEVELS)[number] {
    if (state !== "fail") return "note";
    return level === "mandatory" ? "error" : "warning";
}

function messageOf({ title, path, message, remediation }: Finding): string {
    return `${title} ${path === "" ? "" : `${path}: `}${message}. ${remediation}`;
}

/** Empty says that the result is not suppressed, which is more than to say nothing. */
function suppressionsOf({ waiver }: Finding): NonNullable<Result["suppressions"]> {
    if (waiver === undefined) return [];
    const { owner, reason, expires } = waiver;
    return [
        {
            kind: "external",
            status: "accepted",
            justification: `${reason} (${owner}, until ${expires})`,
            properties: { owner, expires },
        },
    ];
}

/**
 * What makes a finding the same one in the next run: rule, resource and path, so neither its line nor its words. Where
 * one place has several, they are numbered.
 */
function fingerprints(): (finding: Finding) => Record<string, string> {
    const seen = new Map<string, number>();
    return (finding) => {
        const { urn, path } = finding;
        const hash = createHash("sha256")
            .update(JSON.stringify([idOf(finding), urn, path]))
            .digest("hex");
        const number = (seen.get(hash) ?? 0) + 1;
        seen.set(hash, number);
        const print = `${hash.slice(0, 32)}:${number}`;
        // GitHub knows only the second name, and would hash the line's text if it were missing.
        return { "rulePlace/v1": print, primaryLocationLineHash: print };
    };
}
