import type { Log } from "sarif";

/** A row of GitLab's Code Quality report. See https://docs.gitlab.com/ci/testing/code_quality/ */
export interface Issue {
    readonly description: string;
    readonly check_name: string;
    readonly fingerprint: string;
    readonly severity: "info" | "minor" | "major" | "critical" | "blocker";
    readonly location: { readonly path: string; readonly lines: { readonly begin: number } };
}

/** By the word that each rule has among its tags. */
const SEVERITIES: Readonly<Record<string, Issue["severity"]>> = {
    critical: "blocker",
    high: "critical",
    medium: "major",
    low: "minor",
};

/** The findings as GitLab shows them in a merge request, which takes no SARIF. What is waived is left out. */
export function toCodeQuality({ runs }: Log): readonly Issue[] {
    return runs.flatMap(({ tool, results = [] }) => {
        const rules = tool.driver.rules ?? [];
        return results
            .filter(({ suppressions }) => (suppressions ?? []).length === 0)
            .map(({ ruleId = "", ruleIndex = -1, level, ...result }): Issue => {
                const place = result.locations?.[0]?.physicalLocation;
                const tags: readonly string[] = rules[ruleIndex]?.properties?.tags ?? [];
                const weight = tags.find((tag) => Object.hasOwn(SEVERITIES, tag)) ?? "";
                return {
                    description: result.message.text ?? "",
                    check_name: ruleId,
                    fingerprint: result.partialFingerprints?.["rulePlace/v1"] ?? "",
                    severity: level === "note" ? "info" : (SEVERITIES[weight] ?? "info"),
                    location: {
                        path: decodeURIComponent(place?.artifactLocation?.uri ?? ""),
                        lines: { begin: place?.region?.startLine ?? 1 },
                    },
                };
            });
    });
}
