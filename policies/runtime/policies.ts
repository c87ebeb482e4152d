import type {
    Policies,
    Policy,
    ResourceValidation,
    ResourceValidationPolicy,
    StackValidation,
    StackValidationPolicy,
} from "@pulumi/policy";
import type { Check, Requirement, Rule, StackCheck, StackResource } from "../rules/rule.ts";
import { Ledger } from "./ledger.ts";
import { describe } from "./message.ts";
import { normalise } from "./normalise.ts";
import { Value } from "./reader.ts";
import type { Verdict } from "./truth.ts";

/** The policy that finds nothing and notes what the others need. Users who set levels for "all" have to name it. */
const RECORDER = "input-ledger";

/** What a pack is made of: a policy per rule, behind the recorder on which they rely. */
export function toPolicies(rules: readonly Rule[]): Policies {
    const ledger = new Ledger();
    return [recorder(rules, ledger), ...rules.map((rule) => toPolicy(rule, ledger))];
}

function recorder(rules: readonly Rule[], ledger: Ledger): ResourceValidationPolicy {
    const joined = new Set(rules.flatMap((rule) => rule.stack?.types ?? []));
    return {
        name: RECORDER,
        displayName: "Input ledger",
        description:
            "Finds nothing and changes nothing. Notes which inputs are secret, for the rules behind it.",
        enforcementLevel: "remediate",
        remediateResource: ({ urn, props }) => ledger.recordSecrets(urn, props),
        validateResource: ({ type, urn, props }) => {
            if (joined.has(normalise(type))) ledger.recordInputs(urn, props);
        },
    };
}

/** A rule may judge single resources, the whole stack, or both under one name; the SDK asks each policy for each. */
function toPolicy(rule: Rule, ledger: Ledger): ResourceValidationPolicy | StackValidationPolicy {
    const checks = new Map(Object.entries(rule.checks));
    return {
        ...facts(rule),
        ...(checks.size > 0 && { validateResource: validateResource(rule, checks, ledger) }),
        ...(rule.stack && { validateStack: validateStack(rule, rule.stack, ledger) }),
    } as ResourceValidationPolicy | StackValidationPolicy;
}

function facts(rule: Rule): Policy {
    return {
        name: rule.id,
        displayName: rule.title,
        description: rule.title,
        enforcementLevel: rule.level,
        severity: rule.severity,
        tags: [...rule.clouds, ...rule.requirements.map(toTag)],
        remediationSteps: rule.remediation,
        url: rule.see,
        ...(rule.options && { configSchema: rule.options }),
    };
}

/** `pci-dss:1.3.1`. The SDK's own field takes one framework per policy, and most rules serve several. */
function toTag({ standard, reference }: Requirement): string {
    return `${standard.toLowerCase().replaceAll(" ", "-")}:${reference}`;
}

function validateResource(
    rule: Rule,
    checks: ReadonlyMap<string, Check>,
    ledger: Ledger,
): ResourceValidation {
    return (args, report) => {
        const type = normalise(args.type);
        const check = checks.get(type) ?? checks.get("*");
        if (check === undefined) return args.notApplicable("another type of resource");
        const inputs = ledger.read(args.urn, args.props);
        const options = new Value(args.getConfig());
        const verdicts = check({ type, inputs, options });
        verdicts.forEach((verdict) => {
            if (verdict.state === "fail") report(describe(rule, verdict, inputs));
        });
        const unknown = stillUnknown(verdicts);
        if (unknown !== undefined) args.notApplicable(unknown);
    };
}

function validateStack(rule: Rule, { types, check }: StackCheck, ledger: Ledger): StackValidation {
    return (args, report) => {
        const resources = args.resources
            .map((resource): StackResource => ({
                type: normalise(resource.type),
                urn: resource.urn,
                props: ledger.readStack(resource.urn, resource.props),
                references: (input) =>
                    (resource.propertyDependencies[input] ?? []).map(({ urn }) => urn),
            }))
            .filter(({ type }) => types.includes(type));
        const props = new Map(resources.map((resource) => [resource.urn, resource.props]));
        const verdicts = check(resources);
        verdicts.forEach((verdict) => {
            if (verdict.state !== "fail") return;
            const inputs = props.get(verdict.urn) ?? new Value(undefined);
            report(describe(rule, verdict, inputs), verdict.urn);
        });
        const unknown = stillUnknown(verdicts);
        if (unknown !== undefined) args.notApplicable(unknown);
    };
}

/**
 * Why nothing can be said yet, if nothing is found and something is unknown.
 *
 * This is no finding: the engine asks again during the update, before the resource is touched and with values known.
 */
function stillUnknown(verdicts: readonly Verdict[]): string | undefined {
    if (verdicts.some((verdict) => verdict.state === "fail")) return undefined;
    const unknown = verdicts.find((verdict) => verdict.state === "unknown");
    return unknown && `unknown until the update: ${unknown.path}`;
}
