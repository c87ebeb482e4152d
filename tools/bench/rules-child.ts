/**
 * Judges as many resources as the first argument says by all rules, in this one process, and prints what it took.
 *
 * The resources are those of prod, over and over, each time under names of their own.
 */
import { rules } from "../../policies/rules/index.ts";
import type { Rule } from "../../policies/rules/rule.ts";
import { Judge } from "../../policies/runtime/judge.ts";
import { Settings } from "../../policies/runtime/settings.ts";
import { Stack, type StackResource } from "../../policies/runtime/stack.ts";
import { Value } from "../../policies/runtime/reader.ts";
import { asSent, toStackResource } from "../offline/guardrails.ts";
import { runStack } from "../offline/stack.ts";

const count = Number(process.argv[2]);
const spent = new Map<string, number>();
const timed = rules.map((rule) => withTimer(rule));
const { resources } = await runStack("prod", { preview: true });
const sent = resources.map((resource) => [resource, asSent(resource.inputs)] as const);

const judge = new Judge(timed, { settings: new Settings(timed), today: "2026-11-21" });
const all: StackResource[] = [];
for (let number = 0; number < count; number++) all.push(copy(number));
judge.resource(all[0]!);
spent.clear();

const started = performance.now();
let findings = 0;
for (const resource of all) findings += judge.resource(resource).length;
findings += judge.stack(new Stack(all)).length;
const seconds = (performance.now() - started) / 1000;

const shares = [...spent.entries()]
    .map(([id, milliseconds]) => ({ id, share: milliseconds / 1000 / seconds }))
    .sort((one, other) => other.share - one.share);
console.log(JSON.stringify({ seconds, findings, shares: shares.slice(0, 5) }));
process.exit(0);

/** A resource of prod under another name, which refers to others of the same copy. */
function copy(number: number): StackResource {
    const round = Math.floor(number / sent.length);
    const [resource, inputs] = sent[number % sent.length]!;
    const rename = (urn: string) => (urn === "" ? "" : `${urn}-${round}`);
    const seen = toStackResource(resource, inputs);
    // Each is decoded anew in a run of the engine, so that nothing kept for one serves another.
    const value = new Value(structuredClone(inputs), new Set(resource.secrets));
    return {
        ...seen,
        providerUrn: seen.providerUrn === undefined ? undefined : rename(seen.providerUrn),
        inputs: value,
        given: value,
        urn: rename(resource.urn),
        name: rename(resource.name),
        parent: rename(resource.parent),
        references: (input) => seen.references(input).map(rename),
        dependencies: seen.dependencies.map(rename),
    };
}

/** The same rule with a stop watch. */
function withTimer(rule: Rule): Rule {
    const time =
        <A extends readonly unknown[], R>(work: (...args: A) => R) =>
        (...args: A): R => {
            const began = performance.now();
            const result = work(...args);
            spent.set(rule.id, (spent.get(rule.id) ?? 0) + performance.now() - began);
            return result;
        };
    const checks = Object.entries(rule.checks).map(([type, check]) => [type, time(check)] as const);
    return {
        ...rule,
        checks: Object.fromEntries(checks),
        ...(rule.stack && { stack: { ...rule.stack, check: time(rule.stack.check) } }),
    };
}
