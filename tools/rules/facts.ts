import { levelOf, type Rule, type Standard } from "../../policies/rules/rule.ts";

/** The types that a rule looks at, by normalised token. */
export function typesOf({ checks, stack }: Rule): readonly string[] {
    return [...new Set([...Object.keys(checks), ...(stack?.judges ?? [])])].filter(
        (type) => type !== "*",
    );
}

/** The requirements that a rule serves, as "PCI DSS 1.3.1, 1.4.2"; those by analogy in brackets. */
export function servedBy(rule: Rule): readonly string[] {
    const standards = new Set([
        ...Object.keys(rule.requirements),
        ...Object.keys(rule.analogies ?? {}),
    ]) as ReadonlySet<Standard>;
    return [...standards].map((standard) => {
        const published = rule.requirements[standard] ?? [];
        const analogous = (rule.analogies?.[standard] ?? []).map((number) => `(${number})`);
        return `${standard} ${[...published, ...analogous].join(", ")}`;
    });
}

/** A rule's level and severity in words. */
export function weightOf(rule: Rule): string {
    return `${rule.severity}, ${levelOf(rule)}`;
}

/** What the rule's repairs do, in words; undefined if it has none. */
export function repairsOf({ fixes }: Rule): string | undefined {
    if (fixes === undefined) return undefined;
    const entries = Object.entries(fixes);
    const replacing = entries.filter(([, { replaces }]) => replaces).map(([type]) => type);
    if (replacing.length === 0) return "at level `remediate`, without replacing anything";
    const all = replacing.length === entries.length ? "" : ` of ${replacing.join(", ")}`;
    return `at level \`remediate\`; the repair${all} replaces the resource, and is made only with \`allowReplacement: true\``;
}
