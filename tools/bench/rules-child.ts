/**
 * Judges many resources by all rules, in this one process, and prints what it took.
 *
 * The resources are those of prod, over and over, each time under names of their own. Started with --expose-gc, so that
 * what one batch leaves behind is not booked to the next.
 */
import { rules } from "../../policies/rules/index.ts";
import type { Rule } from "../../policies/rules/rule.ts";
import { Judge } from "../../policies/runtime/judge.ts";
import { Settings } from "../../policies/runtime/settings.ts";
import { Stack, type StackResource } from "../../policies/runtime/stack.ts";
import { Value } from "../../policies/runtime/reader.ts";
import { placesOf } from "../../policies/rules/places.ts";
import { walkOf } from "../../policies/rules/walk.ts";
import { asSent, toStackResource } from "../offline/guardrails.ts";
import { runStack } from "../offline/stack.ts";

/** How many resources are judged at once, and how often as many as in the largest batch. */
const BATCHES = [1_000, 10_000, 100_000] as const;
const LARGEST = 100_000;
const ROUNDS = 3;
/** In which each rule has a stop watch, over the middle batch. */
const TIMED_ROUNDS = 12;
const SHARED = "(shared by several rules)";

/** What several rules share, for which the first of them would pay alone: the walk through a resource, and the places of a stack. */
const shared: Rule = {
    ...rules[0]!,
    id: SHARED,
    production: false,
    concerns: () => true,
    checks: {
        "*": ({ inputs }) => {
            walkOf(inputs);
            return [];
        },
    },
    stack: {
        judges: [],
        check: (stack) => {
            placesOf(stack);
            return [];
        },
    },
};

/** Tells what a stop watch takes by itself, which is most of what a small check seems to take. */
const nothing: Rule = { ...shared, id: "(nothing)", checks: { "*": () => [] } };

const { resources } = await runStack("prod", { preview: true });
const sent = resources.map((resource) => [resource, asSent(resource.inputs)] as const);
let copies = 0;

const judgeOfAll = judgeBy(rules);
const cold = judge(judgeOfAll, 10_000);
const samples = BATCHES.map((size) => ({ size, seconds: Infinity, bytes: 0 }));
for (let round = 0; round < ROUNDS; round++) {
    for (const sample of samples) {
        const { seconds, bytes } = judgeMany(sample.size);
        // Whatever else the machine does only ever adds.
        sample.seconds = Math.min(sample.seconds, seconds);
        sample.bytes = bytes;
    }
}
console.log(JSON.stringify({ cold: cold.seconds * 10_000, samples, shares: shares() }));
process.exit(0);

/** What it takes per resource to judge batches of a size, over as many as make up the largest one. */
function judgeMany(size: number) {
    return judge(judgeOfAll, size, LARGEST / size);
}

/** Judges batches of whole copies of prod. The time is the processor's, for all threads: collecting garbage counts. */
function judge(judge: Judge, size: number, times = 1) {
    const before = clean();
    const batches = Array.from({ length: times }, () => batch(size));
    clean();
    const started = process.cpuUsage();
    const stacks = batches.map((all) => {
        const stack = new Stack(all);
        for (const resource of all) judge.resource(resource);
        judge.stack(stack);
        return stack;
    });
    const { user, system } = process.cpuUsage(started);
    const bytes = clean() - before;
    const count = stacks.reduce((sum, { resources }) => sum + resources.length, 0);
    return { seconds: (user + system) / 1e6 / count, bytes: bytes / count };
}

/** Collects garbage and tells what is left in bytes. */
function clean(): number {
    globalThis.gc?.();
    return process.memoryUsage().heapUsed;
}

function judgeBy(all: readonly Rule[]): Judge {
    return new Judge(all, { settings: new Settings(all), today: "2026-11-21" });
}

/** As many copies of prod as come closest to a number of resources. */
function batch(size: number): readonly StackResource[] {
    const rounds = Math.max(1, Math.round(size / sent.length));
    return Array.from({ length: rounds }, copy).flat();
}

/** The resources of prod under other names, which refer to others of the same copy. */
function copy(): readonly StackResource[] {
    const suffix = `-${copies++}`;
    const rename = (urn: string) => (urn === "" ? "" : urn + suffix);
    return sent.map(([resource, inputs]) => {
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
    });
}

/** What the checks of a rule took, its stop watch included. */
interface Spent {
    milliseconds: number;
    calls: number;
}

/** The share of each rule, and of what several share, the dearest first: the best of several rounds each. */
function shares(): readonly { readonly id: string; readonly share: number }[] {
    const best = new Map<string, Spent>();
    for (let round = 0; round < TIMED_ROUNDS; round++) {
        for (const [id, spent] of timedRound()) {
            const least = best.get(id)?.milliseconds ?? Infinity;
            if (spent.milliseconds < least) best.set(id, spent);
        }
    }
    const watch = best.get(nothing.id) ?? { milliseconds: 0, calls: 1 };
    best.delete(nothing.id);
    const net = [...best].map(([id, { milliseconds, calls }]) => {
        const time = milliseconds - (calls * watch.milliseconds) / watch.calls;
        return { id, time: Math.max(0, time) };
    });
    const all = net.reduce((sum, { time }) => sum + time, 0);
    return net
        .map(({ id, time }) => ({ id, share: time / all }))
        .sort((one, other) => other.share - one.share);
}

function timedRound(): ReadonlyMap<string, Spent> {
    const spent = new Map<string, Spent>();
    judge(judgeBy([shared, nothing, ...rules].map((rule) => withTimer(rule, spent))), 10_000);
    return spent;
}

/** The same rule with a stop watch. */
function withTimer(rule: Rule, all: Map<string, Spent>): Rule {
    const spent: Spent = { milliseconds: 0, calls: 0 };
    all.set(rule.id, spent);
    const time =
        <A extends readonly unknown[], R>(work: (...args: A) => R) =>
        (...args: A): R => {
            const began = performance.now();
            const result = work(...args);
            spent.milliseconds += performance.now() - began;
            spent.calls += 1;
            return result;
        };
    const checks = Object.entries(rule.checks).map(([type, check]) => [type, time(check)] as const);
    return {
        ...rule,
        checks: Object.fromEntries(checks),
        ...(rule.stack && { stack: { ...rule.stack, check: time(rule.stack.check) } }),
    };
}
