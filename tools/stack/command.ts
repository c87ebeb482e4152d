import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import type { PulumiFn, Stack } from "@pulumi/pulumi/automation/index.js";
import pc from "picocolors";
import { findEngine } from "../engine/find.ts";
import type { Request } from "./arguments.ts";
import { HELP, readArguments } from "./arguments.ts";
import type { Screen } from "./display.ts";
import { display, seconds } from "./display.ts";
import { EXIT, explain } from "./failure.ts";
import { findStack } from "./files.ts";
import { onInterrupt } from "./interrupt.ts";
import type { Layout } from "./layout.ts";
import { LOCAL, ROOT, layoutOf } from "./layout.ts";
import { SECURITY_PACK, engineEnvironment, openStack } from "./local-stack.ts";
import { Progress } from "./progress.ts";
import { leftovers, recover } from "./recover.ts";
import { report } from "./report.ts";
import type { Action } from "./run.ts";
import { keepThrown, run } from "./run.ts";
import { readState } from "./state.ts";
import { protectedIn, refuseProtected, takeProtectionOff } from "./unprotect.ts";

/** The project's name in Pulumi.yaml. */
const PROJECT = "platform";

/** What a test replaces: where the stack files are, where everything is written, and the program. */
export interface Surroundings {
    readonly root: string;
    readonly local: string;
    readonly program: () => Promise<PulumiFn>;
}

const HERE: Surroundings = { root: ROOT, local: LOCAL, program: loadProgram };

/** `npm run try`. Returns the exit code. */
export async function tryCommand(
    args: readonly string[],
    screen: Screen,
    around: Surroundings = HERE,
): Promise<number> {
    const say = (line: string) => void screen.write(`${line}\n`);
    try {
        const request = readArguments(args);
        if (request.help) {
            say(HELP);
            return EXIT.done;
        }
        return await execute(request, screen, say, around);
    } catch (error) {
        const failure = explain(error, undefined, new Progress());
        say(pc.red(failure.lines.join("\n")));
        return failure.exitCode;
    }
}

/** A stack that was opened, with what shows it. */
interface Session {
    readonly stack: Stack;
    readonly name: string;
    readonly layout: Layout;
    readonly thrown: () => unknown;
    readonly screen: Screen;
    readonly say: (line: string) => void;
}

async function execute(
    request: Request,
    screen: Screen,
    say: (line: string) => void,
    { root, local, program: load }: Surroundings,
): Promise<number> {
    const file = await findStack(request.stack, root);
    const engine = await findEngine({ env: process.env, say });
    say(`Engine   pulumi ${engine.version}, ${shown(engine.command)} (${engine.why})`);
    const layout = layoutOf(local, process.env.SIM_WORLD);
    const { program, thrown } = keepThrown(await load());
    const stack = await openStack({ engine, layout, file, program });
    await writeEnvironment(join(local, "env"), layout, await engineEnvironment(engine, layout));
    const session: Session = { stack, name: file.stack, layout, thrown, screen, say };
    const left = await leftovers(layout, PROJECT, file.stack);
    if (request.action !== "preview") await recover(stack, left, say);
    else if (left.pending.length > 0) say("The last run was killed; npm run try completes it.");
    return request.action === "destroy"
        ? destroy(session, request.unprotect)
        : perform(session, request.action);
}

async function loadProgram(): Promise<PulumiFn> {
    const module = (await import("../../index.ts")) as { default: PulumiFn };
    return module.default;
}

/** Takes everything down, after protection if that was asked for. */
async function destroy(session: Session, unprotect: boolean): Promise<number> {
    const { layout, name, say } = session;
    const guarded = protectedIn(await readState(layout, PROJECT, name));
    if (guarded.length > 0) {
        if (!unprotect) throw refuseProtected(name, guarded);
        say(
            `Taking protection off ${guarded.length} resources, on the copy of the stack's file in .local/.`,
        );
        await takeProtectionOff(layout, name);
        const code = await perform(session, "up");
        if (code !== EXIT.done) return code;
    }
    return perform(session, "destroy");
}

async function perform(
    { stack, name, layout, thrown, screen, say }: Session,
    action: Action,
): Promise<number> {
    const progress = new Progress();
    const interrupt = onInterrupt(progress);
    const shownLive = display(progress, `${name} · ${action}`, screen);
    const packs = existsSync(join(SECURITY_PACK, "PulumiPolicy.yaml")) ? [SECURITY_PACK] : [];
    const result = await run(stack, action, {
        progress,
        policyPacks: packs,
        signal: interrupt.signal,
        onEvent: (event) => shownLive.take(event),
    });
    shownLive.close();
    interrupt.off();
    if (interrupt.happened()) {
        say(`Interrupted after ${seconds(result.elapsed)}. npm run try goes on from here.`);
        return EXIT.interrupted;
    }
    if (result.error !== undefined) {
        const failure = explain(result.error, thrown(), progress);
        say(`\n${pc.red(pc.bold(`${name} · ${action} failed`))} after ${seconds(result.elapsed)}`);
        failure.lines.forEach((line) => say(line));
        return failure.exitCode;
    }
    const state = await readState(layout, PROJECT, name);
    report({ action, stack: name, state, progress, elapsed: result.elapsed, layout }).forEach(
        (line) => say(line),
    );
    return EXIT.done;
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

/** Quotes a value for a shell. */
function quote(value: string): string {
    return `'${value.replaceAll("'", String.raw`'\''`)}'`;
}

function shown(path: string): string {
    const inside = relative(ROOT, path);
    return inside.startsWith("..") ? path : inside;
}
