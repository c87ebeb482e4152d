import type { Policy } from "@pulumi/policy";
import { remediesOf } from "../rules/remedy.ts";
import { levelOf, type Requirements, type Rule } from "../rules/rule.ts";
import { PRODUCTION } from "./judge.ts";
import { ALLOW_REPLACEMENT } from "./settings.ts";

/** What the engine is told about a rule: a policy that judges nothing. */
export function factsOf(rule: Rule): Policy {
    const facts: Policy = {
        name: rule.id,
        displayName: rule.title,
        description: rule.title,
        enforcementLevel: levelOf(rule),
        severity: rule.severity,
        tags: [...rule.clouds, rule.pack, ...tagsOf(rule.requirements), ...tagsOf(rule.analogies)],
        remediationSteps: remediesOf(rule).join("\n"),
        url: rule.see,
    };
    const schema = optionsOf(rule);
    return schema === undefined ? facts : { ...facts, configSchema: schema };
}

/** The rule's own options, and those that every rule of its kind has. */
export function optionsOf(rule: Rule): Policy["configSchema"] {
    const hasReplacing = Object.values(rule.fixes ?? {}).some(({ replaces }) => replaces);
    const properties = {
        ...rule.options?.properties,
        ...(rule.production === true && {
            stacks: {
                type: "array" as const,
                items: { type: "string" as const },
                default: [...PRODUCTION],
                description: "The stacks that the rule is for; * stands for any text.",
            },
        }),
        ...(hasReplacing && {
            [ALLOW_REPLACEMENT]: {
                type: "boolean" as const,
                default: false,
                description:
                    "Whether the level remediate may make changes that replace the resource.",
            },
        }),
    };
    if (Object.keys(properties).length === 0) return undefined;
    const { required } = rule.options ?? {};
    return { properties, ...(required && { required }) };
}

/** `pci-dss:1.3.1`. The SDK's own field takes one framework per policy, and most rules serve several. */
function tagsOf(requirements: Requirements = {}): readonly string[] {
    return Object.entries(requirements).flatMap(([standard, references]) =>
        references.map(
            (reference) => `${standard.toLowerCase().replaceAll(" ", "-")}:${reference}`,
        ),
    );
}
