import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { PulumiFn, Stack } from "@pulumi/pulumi/automation/index.js";
import pc from "picocolors";
import type { PackConfig } from "../../policies/runtime/settings.ts";
import { findEngine } from "../engine/find.ts";
import type { Subject } from "../lib/follow-up.ts";
import type { Output } from "../lib/output.ts";
import { quote } from "../lib/shell.ts";
import type { Request } from "./arguments.ts";
import { HELP, commandFor, readArguments } from "./arguments.ts";
import { checkClouds, refuseWrong } from "./before.ts";
import type { Screen } from "./display.ts";
import { display, seconds } from "./display.ts";
import { EXIT, explain } from "./failure.ts";
import { findStack } from "./files.ts";
import { onInterrupt } from "./interrupt.ts";
import type { Layout } from "./layout.ts";
import { LOCAL, ROOT, layoutOf, shown } from "./layout.ts";
import { PLATFORM_PACK, engineEnvironment, openStack } from "./local-stack.ts";
import { Progress } from "./progress.ts";
import { leftovers, recover } from "./recover.ts";
import { changesToMake, report } from "./report.ts";
import type { Action } from "./run.ts";
import { keepThrown, run } from "./run.ts";
import { readState } from "./state.ts";
import { countChanges } from "./summary.ts";
import { levelsFor, protectedIn, refuseProtected, takeProtectionOff } from "./unprotect.ts";

/** The project's name in Pulumi.yaml. */
const PROJECT = "platform";

/** What a test replaces: where the stack files are, where everything is written, and the program. */
interface Surroundings {
    readonly root: string;
    readonly folder: string;
    readonly program: () => Promise<PulumiFn>;
}

const HERE: Surroundings = { root: ROOT, folder: LOCAL, program: loadProgram };

/** `npm run try`. Returns the exit code. */
export async function tryCommand(
    args: readonly string[],
    screen: Screen,
    errors: Output,
    around: Surroundings = HERE,
): Promise<number> {
    const say = (line: string) => void screen.write(`${line}\n`);
    const complain = (line: string) => void errors.write(`${line}\n`);
    try {
        const request = readArguments(args);
        if (request.help) {
            say(HELP);
            return EXIT.done;
        }
        return await execute(request, { screen, say, complain }, around);
    } catch (error) {
        const failure = explain(error, undefined, new Progress());
        complain(pc.red(failure.lines.join("\n")));
        return failure.exitCode;
    }
}

/** A stack that was opened, with what shows it. */
interface Session extends Voice {
    readonly stack: Stack;
    readonly name: string;
    /** What the user called it, and the levels that were asked for, for commands to copy. */
    readonly asked: Subject;
    readonly layout: Layout;
    /** The levels and options of the guardrails that were asked for. */
    readonly levels: PackConfig;
    readonly thrown: () => unknown;
}

/** Where a run is shown while it lasts, and where a line of news or of an error goes. */
interface Voice {
    readonly screen: Screen;
    readonly say: (line: string) => void;
    readonly complain: (line: string) => void;
}

async function execute(
    request: Request,
    voice: Voice,
    { root, folder, program: load }: Surroundings,
): Promise<number> {
    const { say } = voice;
    const file = await findStack(request.stack, root);
    const layout = layoutOf(folder, process.env.SIM_WORLD);
    await refuseWrong(file.file, request.action);
    const levels = await levelsIn(request, root);
    checkClouds(layout);
    const engine = await findEngine({ env: process.env, say });
    say(`Engine   pulumi ${engine.version}, ${shown(engine.command)} (${engine.why})`);
    const { program, thrown } = keepThrown(await load());
    const stack = await openStack({ engine, layout, file, program });
    await writeEnvironment(join(folder, "env"), layout, await engineEnvironment(engine, layout));
    const named = { name: file.stack, asked: request };
    const session: Session = { ...voice, ...named, stack, layout, levels, thrown };
    const left = await leftovers(layout, PROJECT, file.stack);
    if (request.action !== "preview") await recover(stack, left, say);
    else if (left.pending.length > 0) {
        say(`The last run was killed; ${commandFor(request)} completes it.`);
    }
    switch (request.action) {
        case "up":
            return up(session);
        case "destroy":
            return destroy(session, request.unprotect);
        case "preview":
        case "refresh":
            return perform(session, request.action);
    }
}

/** The levels and options that were asked for. The rules, which say what they can be, are loaded only then. */
async function levelsIn({ profile, policyConfig }: Request, root: string): Promise<PackConfig> {
    if (profile === undefined && policyConfig === undefined) return {};
    const { policyConfigOf } = await import("../plan/guardrail-files.ts");
    return policyConfigOf({ profile, policyConfig }, root);
}

async function loadProgram(): Promise<PulumiFn> {
    const module = (await import("../../index.ts")) as { default: PulumiFn };
    return module.default;
}

/**
 * Provisions, after a preview in which nothing may be wrong: a policy that stops a resource during `up` stops only that
 * one and what comes after, while a preview shows all violations before anything is created.
 */
async function up(session: Session): Promise<number> {
    const run = await provision(session);
    return run.code === EXIT.done ? conclude(session, "up", run) : run.code;
}

async function provision(session: Session): Promise<Engaged> {
    const planned = await engage(session, "preview");
    if (planned.code !== EXIT.done) return planned;
    const { progress, elapsed } = planned;
    session.say(`Preview  ${changesToMake(progress)} (${seconds(elapsed)})`);
    return engage(session, "up", countChanges(progress));
}

/** Takes everything down, after protection if that was asked for. */
async function destroy(session: Session, unprotect: boolean): Promise<number> {
    const { layout, name, asked, say } = session;
    const guarded = protectedIn(await readState(layout, PROJECT, name));
    if (guarded.length > 0) {
        if (!unprotect) throw refuseProtected(name, asked, guarded);
        say(
            `Taking protection off ${guarded.length} resources, on the copy of the stack's file in .local/.`,
        );
        await takeProtectionOff(layout, name);
        const { code, elapsed } = await provision(session);
        if (code !== EXIT.done) return code;
        say(`Protection is off (${seconds(elapsed)}).`);
    }
    return perform(session, "destroy");
}

/** Runs the engine and reports what came of it. */
async function perform(session: Session, action: Action): Promise<number> {
    const run = await engage(session, action);
    return run.code === EXIT.done ? conclude(session, action, run) : run.code;
}

async function conclude(
    { layout, name, asked, say }: Session,
    action: Action,
    { progress, elapsed }: Engaged,
): Promise<number> {
    const state = await readState(layout, PROJECT, name);
    const told = { action, stack: name, asked, state, progress, elapsed, layout };
    report(told).forEach((line) => say(line));
    return EXIT.done;
}

/** What came of a run of the engine. */
interface Engaged {
    readonly code: number;
    readonly progress: Progress;
    /** Milliseconds. */
    readonly elapsed: number;
}

/** Runs the engine once, shows it, and says in words why it failed if it did. */
async function engage(
    { stack, layout, name, asked, levels, thrown, screen, say, complain }: Session,
    action: Action,
    total?: number,
): Promise<Engaged> {
    const progress = new Progress();
    const interrupt = onInterrupt(progress);
    const live = display(
        progress,
        {
            heading: `${name} · ${action}`,
            lookOnly: action === "preview" || action === "refresh",
            ...(total && { total }),
        },
        screen,
    );
    const { error, elapsed } = await run(stack, action, {
        progress,
        policyPacks: [PLATFORM_PACK],
        policyPackConfigs: await levelsFor(layout, name, levels),
        signal: interrupt.signal,
        onEvent: (event) => live.take(event),
    });
    live.close();
    interrupt.off();
    if (interrupt.happened()) {
        say(`Interrupted after ${seconds(elapsed)}. ${commandFor(asked)} goes on from here.`);
        return { code: EXIT.interrupted, progress, elapsed };
    }
    if (error === undefined) return { code: EXIT.done, progress, elapsed };
    const { exitCode, lines } = explain(error, thrown(), progress);
    complain(`\n${pc.red(pc.bold(`${name} · ${action} failed`))} after ${seconds(elapsed)}`);
    lines.forEach((line) => complain(line));
    if (exitCode === EXIT.failed && action === "up") {
        complain(`What was made stands in the state. ${commandFor(asked)} makes the rest.`);
    }
    return { code: exitCode, progress, elapsed };
}

/** Writes what a shell needs to use plain `pulumi` on the local state. */
async function writeEnvironment(
    file: string,
    layout: Layout,
    { PULUMI_CONFIG_PASSPHRASE: _, ...open }: Record<string, string>,
): Promise<void> {
    const all = { ...open, PULUMI_CONFIG_PASSPHRASE_FILE: layout.passphrase };
    const lines = Object.entries(all).map(([key, value]) => `export ${key}=${quote(value)}\n`);
    await writeFile(file, lines.join(""), { mode: 0o600 });
}
