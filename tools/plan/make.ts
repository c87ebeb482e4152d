import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import * as pulumi from "@pulumi/pulumi";
import { rules as allRules } from "../../policies/rules/index.ts";
import type { Rule } from "../../policies/rules/rule.ts";
import { Settings, type PackConfig } from "../../policies/runtime/settings.ts";
import { waiverRules, type Waiver } from "../../policies/runtime/waivers.ts";
import { renderPath } from "../../simulator/paths.ts";
import type { Properties } from "../../simulator/table.ts";
import { decodeJson } from "../../simulator/wire.ts";
import { UserError } from "../lib/user-error.ts";
import { RefusedError, run, type Recorded, type RunOptions } from "../offline/mocks.ts";
import { ROOT } from "../stack/layout.ts";
import { readConfiguration, type SettingsReader } from "./configuration.ts";
import { countAll } from "./counts.ts";
import { readWaiverFile } from "./guardrail-files.ts";
import { judge } from "./judge.ts";
import { mask } from "./mask.ts";
import { Listener } from "./messages.ts";
import { FORMAT, type Masked, type Message, type Plan, type Unanswered } from "./model.ts";
import { compare } from "./order.ts";
import { repair } from "./repair.ts";
import { planResources } from "./resources.ts";
import { planSites } from "./sites.ts";

export type Program = () => unknown;

/** What to plan, and how. */
export interface PlanOptions {
    /** The stack as users name it: `dev`, the path of a stack file, or a folder that holds one. */
    readonly stack: string;
    /** Where the project's files are. @default this project */
    readonly root?: string;
    /** What the stack's file says below `config`, in its stead. @default what the file says */
    readonly config?: Readonly<Record<string, unknown>>;
    /** Levels and options by rule, as a file for `--policy-pack-config` has them. @default the rules' own */
    readonly policyConfig?: PackConfig;
    /** @default all rules */
    readonly rules?: readonly Rule[];
    /** Findings that somebody answers for. @default those in the root's policies/waivers.yaml */
    readonly waivers?: readonly Waiver[];
    /** The day to judge by, as `2026-11-21`. @default today */
    readonly today?: string;
    /** True to note for each resource where the program makes it. @default false */
    readonly sources?: boolean;
    /** What reads the stack file's settings. @default this revision's */
    readonly reader?: SettingsReader;
    /** The program. @default what the root's index.ts exports */
    readonly program?: Program;
}

/**
 * Renders a stack without an engine, an account or a network.
 *
 * Rejects with a `UserError` that lists everything wrong with the settings, or what the clouds would refuse.
 */
export async function makePlan(options: PlanOptions): Promise<Plan> {
    return (await recordPlan(options)).plan;
}

/** A plan, and what the program registered: in plain, with secrets, so for rules only. */
export interface RecordedPlan {
    readonly plan: Plan;
    readonly recorded: Recorded["resources"];
}

/** The same, with what it was made of. */
export async function recordPlan(options: PlanOptions): Promise<RecordedPlan> {
    const { root = ROOT, rules = allRules } = options;
    const today = options.today ?? new Date().toISOString().slice(0, 10);
    const configuration = await readConfiguration({ ...options, root, today });
    const { project, stack, config, secretKeys, sites } = configuration;
    const program = options.program ?? (await loadProgram(root));
    const sources = options.sources ?? false;
    const around = { project, stack, config, secretKeys, sources };
    const { recorded, messages } = await runProgram(program, around);
    const keyOf = (name: string) => sites.get(name)?.key ?? name;
    const resources = planResources(recorded.resources, keyOf, root);
    const guardrails = {
        rules: [...rules, ...waiverRules],
        settings: new Settings([...rules, ...waiverRules], options.policyConfig),
        waivers: options.waivers ?? (await readWaiverFile(root, today)),
        today,
    };
    const judged = judge(repair(recorded.resources, guardrails), guardrails);
    const plan: Plan = {
        format: FORMAT,
        project,
        stack,
        settings: configuration.settings,
        sites: planSites(resources, sites),
        resources,
        ...judged,
        outputs: recorded.result,
        messages,
        unanswered: unanswered(recorded.calls),
        counts: countAll(resources, judged.findings),
    };
    return { plan, recorded: recorded.resources };
}

/** What the root's index.ts exports. */
export async function loadProgram(root: string): Promise<Program> {
    const url = pathToFileURL(join(root, "index.ts")).href;
    return ((await import(url)) as { default: Program }).default;
}

interface Ran {
    readonly recorded: Recorded<Masked>;
    readonly messages: readonly Message[];
}

/** Runs the program. Should it fail by a fault of its own, it runs again to tell where. */
async function runProgram(program: Program, around: RunOptions): Promise<Ran> {
    try {
        return await runOnce(program, around);
    } catch (error) {
        if (isUsers(error)) throw new UserError(error.message, 2);
        return runOnce(program, { ...around, traces: true });
    }
}

async function runOnce(program: Program, around: RunOptions): Promise<Ran> {
    const listener = new Listener();
    const lost: unknown[] = [];
    const find = (error: unknown) => void lost.push(error);
    // What a program throws where nobody waits for it, as in `apply`, fails it under the engine too.
    process.on("unhandledRejection", find);
    try {
        const recorded = await run(async () => outputsOf(await program()), {
            ...around,
            preview: true,
            inventNothing: true,
            formerTypes: true,
            defaultProviders: !disablesDefaults(around.config),
        });
        await setImmediate();
        if (lost.length > 0) throw lost[0];
        return { recorded, messages: await listener.messages() };
    } finally {
        process.off("unhandledRejection", find);
        listener.stop();
    }
}

/** What a program returns, resolved as the engine would get it. */
async function outputsOf(returned: unknown): Promise<Masked> {
    const outputs = (returned ?? {}) as pulumi.Inputs;
    const sent = (await pulumi.runtime.serializeProperties("outputs", outputs)) as Properties;
    const { values, secrets } = decodeJson(sent);
    return mask(
        values,
        secrets.map((path) => renderPath(path)),
    );
}

/** The calls without what they ask for in secret, sorted, each once. */
function unanswered(calls: Recorded["calls"]): readonly Unanswered[] {
    const all = calls.map(({ token, inputs, secrets }): Unanswered => {
        return { token, inputs: mask(inputs, secrets).values };
    });
    const each = new Map(all.map((call) => [JSON.stringify(call), call]));
    return [...each].sort(([left], [right]) => compare(left, right)).map(([, call]) => call);
}

function disablesDefaults(config: RunOptions["config"] = {}): boolean {
    return config["pulumi:disable-default-providers"] !== undefined;
}

/** What the user can mend, and is shown without a stack trace; anything else is a fault of the program. */
function isUsers(error: unknown): error is Error {
    return (
        pulumi.RunError.isInstance(error) ||
        pulumi.ResourceError.isInstance(error) ||
        error instanceof RefusedError
    );
}
