import assert from "node:assert/strict";
import { comparePlans } from "../../tools/plan/against/compare.ts";
import type { Comparison } from "../../tools/plan/against/model.ts";
import type { Finding, Json, Plan, PlannedResource } from "../../tools/plan/model.ts";
import { wholePlan } from "./support.ts";

/** The plan of production. */
export function prodPlan(): Promise<Plan> {
    return wholePlan("prod");
}

/** A finding to be changed. */
export function finding(changes: Partial<Finding> = {}): Finding {
    return {
        rule: "test-rule",
        title: "Something holds.",
        severity: "high",
        level: "mandatory",
        pack: "security",
        state: "fail",
        urn: "",
        path: "",
        message: "does not hold",
        why: "It might.",
        remediation: "Make it hold.",
        see: "https://example.com/why",
        fixable: false,
        ...changes,
    };
}

/** A plan with one finding of each state, so that a page of it has all there is. */
export function withFindings(plan: Plan): Plan {
    const urn = plan.resources.find(({ custom }) => custom)?.urn ?? "";
    const waiver = { owner: "somebody", reason: "for now", expires: "2027-01-31" };
    const findings = [
        finding({ urn, path: "some.input" }),
        finding({ rule: "test-unknown", state: "unknown", urn }),
        finding({ rule: "test-waived", state: "waived", urn, waiver }),
    ];
    const repairs = [{ rule: "test-rule", urn, paths: ["some.input"] }];
    const messages = [{ severity: "warning", text: "mind the gap", urn } as const];
    const counts = { ...plan.counts, mandatory: { fail: 1, unknown: 1, waived: 1 } };
    return { ...plan, findings, repairs, messages, counts };
}

/** Production as it is, against one in which a database had another engine and something more was there. */
export async function compared(): Promise<{ plan: Plan; comparison: Comparison }> {
    const plan = withFindings(await prodPlan());
    const before = plan.resources.map((one): PlannedResource => {
        if (one.token !== "aws:rds/instance:Instance") return one;
        const password = "[secret]";
        return {
            ...one,
            inputs: { ...one.inputs, engine: "<mysql>", storageType: "gp2", password },
        };
    });
    const gone = plan.resources.find(({ token }) => token === "aws:kms/key:Key");
    assert.ok(gone);
    const more = { ...gone, urn: `${gone.urn}-gone`, name: `${gone.name}-gone`, protect: false };
    const findings = [finding({ rule: "test-resolved", urn: more.urn })];
    const outputs = { values: { old: "there" }, secrets: [], unknowns: [] };
    const base = { ...plan, resources: [...before, more], findings, outputs };
    const sides = { base, head: plan, revision: "main", commit: "0123456789abcdef" };
    return { plan, comparison: await comparePlans(sides) };
}

/** Values of a closed set, or numbers of the model, which no user can choose. */
const CLOSED = ["severity", "level", "state", "pack", "origin", "kind", "certainty"];

/**
 * Replaces every text of a plan or a comparison, the names of fields that a user chooses included, by one that begins with the given.
 *
 * Equal texts stay equal, so that what refers to something still does.
 */
export function rename<T extends Plan | Comparison>(
    thing: T,
    prefix: string,
    keep: readonly string[] = [],
): T {
    const numbers = new Map<string, number>();
    const other = (text: string) => {
        if (text === "") return "";
        if (!numbers.has(text)) numbers.set(text, numbers.size);
        return `${prefix}${numbers.get(text)}`;
    };
    const change = (value: Json, inside: boolean, key = ""): Json => {
        if (typeof value === "string") {
            return CLOSED.includes(key) || keep.includes(key) ? value : other(value);
        }
        if (typeof value !== "object" || value === null) return value;
        // The sites are a list in the plan, and fields of a user's choice in the settings.
        const each = key === "sites" ? "" : key;
        if (Array.isArray(value)) return value.map((item: Json) => change(item, inside, each));
        const chosen = inside || ["inputs", "values", "sites"].includes(key);
        return Object.fromEntries(
            Object.entries(value).map(([name, item]: [string, Json]) => [
                chosen ? other(name) : name,
                change(item, inside || ["inputs", "values"].includes(name), name),
            ]),
        );
    };
    return JSON.parse(
        JSON.stringify(change(JSON.parse(JSON.stringify(thing)) as Json, false)),
    ) as T;
}
