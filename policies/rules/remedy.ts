import type { Rule } from "./rule.ts";

/**
 * What to do, in the imperative: one text, or one for each family of types where what helps on one helps not on another.
 *
 * A family is what normalised type tokens begin with, up to a `:` or `/`: `aws`, `gcp:sql`, `aws:rds/instance`. The
 * longest that fits counts.
 */
export type Remediation = string | Readonly<Record<string, string>>;

/** How families that are whole clouds are called. */
const CLOUDS: Readonly<Record<string, string>> = {
    aws: "AWS",
    "azure-native": "Azure",
    gcp: "Google Cloud",
    kubernetes: "Kubernetes",
};

/** What to do about a resource of a normalised type. Where the rule names no family of it, that is all that the rule says. */
export function remedyFor(rule: Pick<Rule, "remediation">, type: string): string {
    const { remediation } = rule;
    if (typeof remediation === "string") return remediation;
    const [closest] = Object.keys(remediation)
        .filter((family) => isIn(family, type))
        .sort((one, other) => other.length - one.length);
    return (closest !== undefined && remediation[closest]) || remediesOf(rule).join(" ");
}

/** Whether a type belongs to a family. */
export function isIn(family: string, type: string): boolean {
    return type === family || type.startsWith(`${family}:`) || type.startsWith(`${family}/`);
}

/**
 * All that a rule says to do, each text once, after the families that it is for.
 *
 * @param mark how a family that is no whole cloud is written
 */
export function remediesOf(
    { remediation }: Pick<Rule, "remediation">,
    mark = (family: string) => family,
): readonly string[] {
    if (typeof remediation === "string") return [remediation];
    const named = Object.entries(remediation);
    return [...new Set(Object.values(remediation))].map((text) => {
        const families = named.filter(([, own]) => own === text).map(([family]) => family);
        return `${families.map((family) => CLOUDS[family] ?? mark(family)).join(", ")}: ${text}`;
    });
}
