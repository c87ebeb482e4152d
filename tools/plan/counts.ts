import type { Counts, Finding, FindingCounts, PlannedResource } from "./model.ts";

/** How much a plan holds. */
export function countAll(
    resources: readonly PlannedResource[],
    findings: readonly Finding[],
): Counts {
    const custom = resources.filter((resource) => resource.custom);
    const providers = custom.filter(({ token }) => isProvider(token));
    const at = (level: Finding["level"]) => findings.filter((finding) => finding.level === level);
    return {
        components: resources.length - custom.length,
        resources: custom.length - providers.length,
        providers: providers.length,
        mandatory: countFindings(at("mandatory")),
        advisory: countFindings(at("advisory")),
    };
}

function countFindings(findings: readonly Finding[]): FindingCounts {
    const counts = { fail: 0, unknown: 0, waived: 0 };
    for (const { state } of findings) counts[state] += 1;
    return counts;
}

/** True for the type of a provider, which stands in no cloud. */
export function isProvider(token: string): boolean {
    return token.startsWith("pulumi:providers:");
}
