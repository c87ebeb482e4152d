import assert from "node:assert/strict";
import { change, type Inputs } from "../../policies/examples/example.ts";
import type { Rule } from "../../policies/rules/rule.ts";
import { stepsOf } from "../../policies/runtime/changes.ts";
import type { Judge, Judgement } from "../../policies/runtime/judge.ts";
import { Stack, type StackResource } from "../../policies/runtime/stack.ts";
import { asSent, toResource, toStackResource } from "../../tools/offline/guardrails.ts";
import type { RecordedResource } from "../../tools/offline/mocks.ts";
import type { Mutation } from "./mutations/mutation.ts";

/** Resources of a program as it stands, and with mutations of which only what they change is seen anew. */
export class Mutable {
    readonly #resources: readonly RecordedResource[];
    readonly #seen: ReadonlyMap<RecordedResource, StackResource>;

    constructor(resources: readonly RecordedResource[]) {
        this.#resources = resources;
        this.#seen = new Map(resources.map((resource) => [resource, toStackResource(resource)]));
    }

    /** What is found in them as they are, as "rule name path". */
    findings(judge: Judge, keep: (rule: Rule) => boolean = () => true): readonly string[] {
        const alone = this.#resources.flatMap((resource) => judge.resource(toResource(resource)));
        const together = judge.stack(new Stack([...this.#seen.values()]));
        return told([...alone, ...together].filter(({ rule }) => keep(rule)));
    }

    /** What is found after a mutation that was not found before. */
    findingsAfter(judge: Judge, mutation: Mutation, before: readonly string[]): readonly string[] {
        const changed = changes(this.#resources, mutation);
        const alone: Judgement[] = [];
        const together: StackResource[] = [];
        for (const [resource, whole] of this.#seen) {
            const inputs = changed.get(resource.urn);
            if (inputs === "removed") continue;
            together.push(inputs === undefined ? whole : mutated(resource, inputs, mutation));
            // A resource that is as it was gives no finding of its own that does not stand already.
            if (inputs === undefined) continue;
            const given = { ...toResource(resource, inputs), ...mutation.traits };
            alone.push(...judge.resource(given));
        }
        for (const one of mutation.add ?? []) {
            together.push(added(one));
            alone.push(...judge.resource(added(one)));
        }
        const found = told([...alone, ...judge.stack(new Stack(together))]);
        return found.filter((finding) => !before.includes(finding));
    }
}

/** Asserts that a mutation is found by its rule, at its place, and by no other but those that cannot but fire too. */
export function assertFound(fresh: readonly string[], { rule, also = [], at }: Mutation): void {
    const by = [...new Set(fresh.map((finding) => finding.split(" ")[0]))].sort();
    assert.deepEqual(by, [rule, ...also].sort(), fresh.join("\n"));
    if (at === undefined) return;
    const isThere = fresh.some((finding) => finding.endsWith(` ${at}`));
    assert.ok(isThere, fresh.join("\n"));
}

function told(judgements: readonly Judgement[]): readonly string[] {
    return judgements
        .filter(({ verdict }) => verdict.state === "fail")
        .map(({ rule, urn, verdict }) => `${rule.id} ${urn.split("::").at(-1)} ${verdict.path}`)
        .sort();
}

/** The new inputs of each resource that a mutation changes, by URN. */
function changes(
    resources: readonly RecordedResource[],
    { do: steps }: Mutation,
): ReadonlyMap<string, Inputs | "removed"> {
    const changed = new Map<string, Inputs | "removed">();
    for (const { type, name, set } of steps) {
        const target = resources.find(
            (one) => one.type === type && (name ?? one.name) === one.name,
        );
        assert.ok(target, `there is no ${type} ${name ?? ""}`);
        const now = changed.get(target.urn) ?? asSent(target.inputs);
        const after =
            set === undefined
                ? "removed"
                : Object.entries(set).reduce<Inputs>(
                      (given, [path, value]) => change(given, path, value),
                      now as Inputs,
                  );
        changed.set(target.urn, after);
    }
    return changed;
}

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
