import assert from "node:assert/strict";
import { change, type Inputs } from "../../policies/examples/example.ts";
import { rules } from "../../policies/rules/index.ts";
import { levelOf, type Rule } from "../../policies/rules/rule.ts";
import { stepsOf } from "../../policies/runtime/changes.ts";
import { Judge } from "../../policies/runtime/judge.ts";
import { Settings } from "../../policies/runtime/settings.ts";
import { Stack, type StackResource } from "../../policies/runtime/stack.ts";
import { asSent, toResource, toStack, toStackResource } from "../../tools/offline/guardrails.ts";
import type { RecordedResource } from "../../tools/offline/mocks.ts";
import { wholeStack } from "../support/stacks.ts";
import { mutations } from "./mutations/index.ts";
import type { Mutation } from "./mutations/mutation.ts";

const TODAY = "2026-11-21";

function judgeWith(options: Mutation["options"] = {}): Judge {
    return new Judge(rules, { settings: new Settings(rules, options), today: TODAY });
}

/** What is found, as "rule name path". */
function findingsIn(
    judge: Judge,
    resources: readonly RecordedResource[],
    stack: Stack,
    keep: (rule: Rule) => boolean = () => true,
): readonly string[] {
    const alone = resources.flatMap((resource) => judge.resource(toResource(resource)));
    return [...alone, ...judge.stack(stack)]
        .filter(({ verdict, rule }) => verdict.state === "fail" && keep(rule))
        .map(({ rule, urn, verdict }) => `${rule.id} ${urn.split("::").at(-1)} ${verdict.path}`)
        .sort();
}

describe("the rules on the platform's own stacks", function () {
    const judge = judgeWith();
    let prod: readonly RecordedResource[];
    /** The same as stack rules see it, which only what a mutation changes sees anew. */
    let seen: ReadonlyMap<RecordedResource, StackResource>;
    /** What prod has without any mutation: advisory findings that stand for reasons. */
    let standing: readonly string[];

    before(async () => {
        prod = (await wholeStack("prod")).resources;
        seen = new Map(prod.map((resource) => [resource, toStackResource(resource)]));
        standing = findingsIn(judge, prod, new Stack([...seen.values()]));
    });

    for (const stack of ["dev", "prod"]) {
        for (const preview of [true, false]) {
            it(`find nothing mandatory in ${stack}, ${preview ? "while it is previewed" : "once everything is known"}`, async () => {
                const { resources } = await wholeStack(stack, { preview });
                assert.ok(resources.length > 50);
                const mandatory = (rule: Rule) => levelOf(rule) === "mandatory";
                const found = findingsIn(judge, resources, toStack(resources), mandatory);
                assert.deepEqual(found, []);
            });
        }
    }

    for (const mutation of mutations) {
        const { rule, title } = mutation;
        it(`find by ${rule}, and by nothing else, that ${title}`, () => {
            const changed = new Map<string, Inputs>();
            const removed = new Set<string>();
            for (const one of mutation.do) {
                const target = prod.find(
                    ({ type, name }) => type === one.type && (one.name ?? name) === name,
                );
                assert.ok(target, `prod has no ${one.type} ${one.name ?? ""}`);
                if (one.set === undefined) removed.add(target.urn);
                else {
                    const inputs = (changed.get(target.urn) ?? asSent(target.inputs)) as Inputs;
                    const after = Object.entries(one.set).reduce<Inputs>(
                        (given, [path, value]) => change(given, path, value),
                        inputs,
                    );
                    changed.set(target.urn, after);
                }
            }
            const own = mutation.options ? judgeWith(mutation.options) : judge;
            const before = mutation.options
                ? findingsIn(own, prod, new Stack([...seen.values()]))
                : standing;
            const left = [...seen].filter(([{ urn }]) => !removed.has(urn));
            // A resource that is as it was gives no finding of its own that does not stand already.
            const alone = left.flatMap(([resource]) => {
                const inputs = changed.get(resource.urn);
                if (inputs === undefined) return [];
                return own.resource({ ...toResource(resource, inputs), ...mutation.traits });
            });
            const stack = new Stack([
                ...left.map(([resource, whole]) => {
                    const inputs = changed.get(resource.urn);
                    return inputs === undefined ? whole : mutated(resource, inputs, mutation);
                }),
                ...(mutation.add ?? []).map((one) => added(one)),
            ]);
            const more = (mutation.add ?? []).flatMap((one) => own.resource(added(one)));
            const found = [...alone, ...more, ...own.stack(stack)]
                .filter(({ verdict }) => verdict.state === "fail")
                .map(
                    ({ rule, urn, verdict }) =>
                        `${rule.id} ${urn.split("::").at(-1)} ${verdict.path}`,
                );
            const fresh = found.filter((finding) => !before.includes(finding));
            const by = [...new Set(fresh.map((finding) => finding.split(" ")[0]))].sort();
            assert.deepEqual(by, [rule, ...(mutation.also ?? [])].sort(), fresh.join("\n"));
            if (mutation.at !== undefined) {
                assert.ok(
                    fresh.some((finding) => finding.endsWith(` ${mutation.at}`)),
                    fresh.join("\n"),
                );
            }
        });
    }

    it("are each broken by at least one mutation", () => {
        const broken = new Set(mutations.map(({ rule }) => rule));
        const whole = rules.map(({ id }) => id).filter((id) => !broken.has(id));
        assert.deepEqual(whole, []);
    });
});

/** A resource with changed inputs refers to nothing by the inputs that were changed. */
function mutated(
    resource: RecordedResource,
    inputs: Inputs,
    { do: steps, traits }: Mutation,
): StackResource {
    const outputs = { ...asSent(resource.outputs), ...inputs };
    const whole = toStackResource(resource, outputs, inputs);
    const paths = steps.flatMap(({ set, keepReferences }) =>
        keepReferences ? [] : Object.keys(set ?? {}),
    );
    const touched = new Set(paths.map((path) => String(stepsOf(path)[0])));
    return {
        ...whole,
        ...traits,
        references: (input) => (touched.has(input) ? [] : whole.references(input)),
    };
}

/** A resource that the mutation adds beside the platform's own. */
function added(one: NonNullable<Mutation["add"]>[number]): StackResource {
    const {
        type,
        name,
        inputs,
        provider = "urn:pulumi:prod::platform::pulumi:providers:x::site",
    } = one;
    return toStackResource({
        type,
        name,
        urn: `urn:pulumi:prod::platform::${type}::${name}`,
        parent: "",
        inputs: structuredClone(inputs) as RecordedResource["inputs"],
        secrets: [],
        outputs: {},
        options: {
            protect: one.protect ?? true,
            provider,
            dependencies: [],
            propertyDependencies: {},
        },
    });
}
