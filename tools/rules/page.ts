import { examples, stackExamples } from "../../policies/examples/index.ts";
import { profiles } from "../../policies/profiles/profiles.ts";
import { rules } from "../../policies/rules/index.ts";
import { remediesOf } from "../../policies/rules/remedy.ts";
import type { PackName, Rule } from "../../policies/rules/rule.ts";
import { optionsOf } from "../../policies/runtime/facts.ts";
import { waiverRules } from "../../policies/runtime/waivers.ts";
import { repairsOf, servedBy, typesOf, weightOf } from "./facts.ts";

const PACKS: Readonly<Record<PackName, string>> = {
    security: "Security",
    reliability: "Reliability",
    cost: "Cost",
};

/** More are not listed one by one. */
const MOST_TYPES = 60;

const HEAD = `# Rules

<!-- Generated from policies/rules by npm run rules. -->

[Guardrails](guardrails.md) tells how to run the packs, set levels, waive findings and write rules. Here is what each rule
asks for. Where what to do differs by cloud or type, a finding shows the line that fits its resource most closely. Numbers
of requirements are leads for an auditor and prove nothing alone; those in brackets are there by analogy, without a
published mapping.`;

/** docs/policies.md: every rule there is. */
export function cataloguePage(): string {
    const all = [...rules, ...waiverRules];
    return [
        HEAD,
        profileTable(all),
        ...Object.entries(PACKS).map(([pack, title]) =>
            packSection(
                title,
                all.filter((rule) => rule.pack === pack),
            ),
        ),
        ...all.map(ruleSection),
    ].join("\n\n");
}

function profileTable(all: readonly Rule[]): string {
    const rows = profiles.map((profile) => {
        const serving = all.filter((rule) =>
            profile.standards.some((standard) => rule.requirements[standard] !== undefined),
        );
        const count = profile.standards.length === 0 ? "" : ` ${serving.length} rules are mapped.`;
        return `| [\`${profile.name}\`](../policies/profiles/${profile.name}.json) | ${profile.title} | ${profile.about}${count} |`;
    });
    return ["## Profiles", "", "| file | for | what it sets |", "|---|---|---|", ...rows].join(
        "\n",
    );
}

function packSection(title: string, own: readonly Rule[]): string {
    const rows = own.map(
        (rule) => `| [\`${rule.id}\`](#${rule.id}) | ${weightOf(rule)} | ${cell(rule.title)} |`,
    );
    const heading = `## ${title}: ${own.length} rules`;
    return [heading, "", "| rule | weight | holds if |", "|---|---|---|", ...rows].join("\n");
}

function ruleSection(rule: Rule): string {
    const facts: readonly (readonly [string, string | undefined])[] = [
        ["Weight", `${weightOf(rule)}; pack ${rule.pack}`],
        ["What to do", remedies(rule)],
        ["Looks at", lookedAt(rule)],
        ["Found if", brokenBy(rule)],
        ["Options", optionList(rule)],
        ["Mends itself", repairsOf(rule)],
        ["For", rule.production === true ? "stacks of production only" : undefined],
        ["Serves", servedBy(rule).join("; ")],
        ["Note", rule.note],
        ["Read on", `<${rule.see}>`],
    ];
    const lines = facts.flatMap(([name, text]) =>
        text === undefined || text === "" ? [] : [`- **${name}:** ${text}`],
    );
    return [`### ${rule.id}`, "", `${rule.title} ${rule.why}`, "", ...lines].join("\n");
}

/** What to do, in a list of its own where it differs by type. */
function remedies(rule: Rule): string {
    const texts = remediesOf(rule, code);
    return texts.length === 1 ? texts.join("") : texts.map((text) => `\n    - ${text}`).join("");
}

/** The types that a rule looks at, or how many they are where nobody would read them all. */
function lookedAt(rule: Rule): string | undefined {
    const types = typesOf(rule);
    if (types.length > MOST_TYPES) return `${types.length} types of resources`;
    return types.map(code).join(", ") || undefined;
}

/** What the rule's examples break, which is what the tests prove. */
function brokenBy({ id }: Rule): string {
    const alone = (examples[id] ?? []).flatMap(({ breaks }) => breaks);
    const together = (stackExamples[id] ?? []).flatMap(({ breaks }) => breaks);
    const titles = [...alone, ...together].map(({ title }) => escaped(title));
    return [...new Set(titles)].join("; ");
}

function optionList(rule: Rule): string | undefined {
    const schema = optionsOf(rule);
    if (schema === undefined) return undefined;
    return Object.entries(schema.properties)
        .map(([name, { description, default: preset }]) => {
            const given = preset === undefined ? "" : ` Default: \`${JSON.stringify(preset)}\`.`;
            return `${code(name)}: ${escaped(description ?? "")}${given}`;
        })
        .join(" ");
}

function code(text: string): string {
    return `\`${text}\``;
}

function escaped(text: string): string {
    return text.replaceAll(/([<>*_|[\]\\])/g, "\\$1");
}

function cell(text: string): string {
    return text.replaceAll("|", "\\|");
}
