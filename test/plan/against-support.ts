import { normalise } from "../../policies/runtime/normalise.ts";
import { comparePlans, type Sides } from "../../tools/plan/against/compare.ts";
import type { Comparison } from "../../tools/plan/against/model.ts";
import { FORMAT, type Finding, type Plan, type PlannedResource } from "../../tools/plan/model.ts";

export const VPC = "aws:ec2/vpc:Vpc";
export const SUBNET = "aws:ec2/subnet:Subnet";
export const DATABASE = "aws:rds/instance:Instance";
export const BOX = "test:index:Box";

/** The URN of a resource at the top of the stack. */
export function urn(token: string, name: string): string {
    return `urn:pulumi:small::tiny::${token}::${name}`;
}

/** A planned resource of which only what matters is said. */
export function resource(
    token: string,
    name: string,
    inputs: PlannedResource["inputs"] = {},
    more: Partial<PlannedResource> = {},
): PlannedResource {
    return {
        urn: urn(token, name),
        type: normalise(token),
        token,
        name,
        site: "",
        component: [],
        parent: "",
        custom: !token.startsWith("test:"),
        protect: false,
        provider: "",
        inputs,
        secrets: [],
        unknowns: [],
        dependencies: [],
        propertyDependencies: {},
        ignoreChanges: [],
        replaceOnChanges: [],
        retainOnDelete: false,
        deletedWith: "",
        aliases: [],
        ...more,
    };
}

/** What is unknown, and refers to another resource. */
export function reference(input: string, to: string): Partial<PlannedResource> {
    return { unknowns: [input], dependencies: [to], propertyDependencies: { [input]: [to] } };
}

/** A finding of which only what matters is said. */
export function finding(rule: string, about: string, more: Partial<Finding> = {}): Finding {
    return {
        rule,
        title: "It is closed.",
        severity: "high",
        level: "mandatory",
        pack: "security",
        state: "fail",
        urn: about,
        path: "ingress",
        message: "is open",
        why: "It might be anybody.",
        remediation: "Close it.",
        see: "https://example.com/rule",
        fixable: false,
        ...more,
    };
}

/** A plan of these resources. */
export function planOf(resources: readonly PlannedResource[], more: Partial<Plan> = {}): Plan {
    const none = { fail: 0, unknown: 0, waived: 0 };
    return {
        format: FORMAT,
        project: "tiny",
        stack: "small",
        settings: { stack: [], sites: {} },
        sites: [],
        resources,
        findings: [],
        rules: [],
        repairs: [],
        outputs: { values: {}, secrets: [], unknowns: [] },
        messages: [],
        unanswered: [],
        counts: {
            components: 0,
            resources: resources.length,
            providers: 0,
            mandatory: none,
            advisory: none,
        },
        ...more,
    };
}

/** Compares two plans. */
export function compare(
    base: Plan | readonly PlannedResource[] | undefined,
    head: Plan | readonly PlannedResource[],
    prints?: Sides["prints"],
): Promise<Comparison> {
    const asPlan = (side: Plan | readonly PlannedResource[]) =>
        "format" in side ? side : planOf(side);
    return comparePlans({
        base: base && asPlan(base),
        head: asPlan(head),
        revision: "main",
        commit: "0123456789abcdef",
        ...(prints && { prints }),
    });
}
