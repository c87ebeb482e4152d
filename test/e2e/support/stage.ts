import { existsSync } from "node:fs";
import { cp, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Stack } from "@pulumi/pulumi/automation/index.js";
import type { Document } from "yaml";
import { parseDocument } from "yaml";
import platform from "../../../index.ts";
import { Store } from "../../../simulator/store.ts";
import type { Standing } from "../../../simulator/store.ts";
import type { Engine } from "../../../tools/engine/find.ts";
import { findEngine } from "../../../tools/engine/find.ts";
import { tryCommand } from "../../../tools/stack/command.ts";
import type { Layout } from "../../../tools/stack/layout.ts";
import { LOCAL, ROOT, layoutOf } from "../../../tools/stack/layout.ts";
import { openStack } from "../../../tools/stack/local-stack.ts";
import type { Action, Run, RunOptions } from "../../../tools/stack/run.ts";
import { run } from "../../../tools/stack/run.ts";
import type { State } from "../../../tools/stack/state.ts";
import { readState } from "../../../tools/stack/state.ts";
import { standingFolder } from "./standing.ts";

/** The repository's own stacks. */
export type StackName = "dev" | "prod";

export const STACKS: readonly StackName[] = ["dev", "prod"];

export type Program = () => Promise<Record<string, unknown>>;

const program: Program = async () => ({ ...(await platform()) });

let engine: Promise<Engine> | undefined;

/** The engine, looked for once. */
export function theEngine(): Promise<Engine> {
    engine ??= findEngine({ env: process.env, say: (line) => console.log(`      ${line}`) });
    return engine;
}

/**
 * What the engine is told beside what a local run tells it: nothing takes time in the clouds, and the state is written
 * once at the end. By itself the engine writes it after each step, where most of an update's time goes, and only who
 * kills the engine ever reads that.
 */
const QUICK: Readonly<Record<string, string>> = {
    SIM_TIME_SCALE: "0",
    PULUMI_SKIP_CHECKPOINTS: "true",
};

/** What to open a stage with instead of what every stage has. */
interface OpenOptions {
    readonly engine?: Engine;
    readonly program?: Program;
    /** Variables of the engine's environment. */
    readonly environment?: Readonly<Record<string, string>>;
}

/** A stack in a folder of its own: its files, its state and its simulated clouds. */
export class Stage {
    readonly name: string;
    readonly folder: string;
    readonly layout: Layout;

    private constructor(name: string, folder: string) {
        this.name = name;
        this.folder = folder;
        this.layout = { ...layoutOf(folder), cache: join(LOCAL, "cache") };
    }

    /** A copy of the repository's stack files, with nothing provisioned. */
    static async empty(name: StackName): Promise<Stage> {
        return Stage.from(name, ROOT);
    }

    /** The same of an example. */
    static async example(name: string): Promise<Stage> {
        return Stage.from(name, join(ROOT, "examples", name));
    }

    private static async from(name: string, folder: string): Promise<Stage> {
        const stage = new Stage(name, await temporary(name));
        const stackFile = `Pulumi.${name}.yaml`;
        await cp(join(ROOT, "Pulumi.yaml"), join(stage.folder, "Pulumi.yaml"));
        await cp(join(folder, stackFile), join(stage.folder, stackFile));
        return stage;
    }

    /** A stack that is up. Provisioned once for all processes of a run; every call gets a copy of its own. */
    static async standing(name: StackName): Promise<Stage> {
        const source = join(standingFolder(), name);
        if (!existsSync(source)) await provision(name, source);
        const copy = new Stage(name, await temporary(name));
        await cp(source, copy.folder, { recursive: true, verbatimSymlinks: true });
        return copy;
    }

    async dispose(): Promise<void> {
        await rm(this.folder, { recursive: true, force: true });
    }

    private get stackFile(): string {
        return join(this.folder, `Pulumi.${this.name}.yaml`);
    }

    /** Changes this stage's stack file: `set(["platform:cluster", "version"], "1.37")`. */
    async edit(change: (set: (path: string[], value: unknown) => void) => void): Promise<void> {
        const document: Document = parseDocument(await readFile(this.stackFile, "utf8"));
        change((path, value) => document.setIn(["config", ...path], document.createNode(value)));
        await writeFile(this.stackFile, document.toString());
    }

    /** Opens the stack for the Automation API. */
    async open(options: OpenOptions = {}): Promise<Stack> {
        const stack = await openStack({
            engine: options.engine ?? (await theEngine()),
            layout: this.layout,
            file: { stack: this.name, file: this.stackFile },
            program: options.program ?? program,
        });
        Object.assign(stack.workspace.envVars, QUICK, options.environment);
        return stack;
    }

    /** Runs the engine once, without policies unless they are asked for. */
    async run(action: Action, options: RunOptions & { program?: Program } = {}): Promise<Run> {
        const { program: other, ...rest } = options;
        return run(await this.open(other === undefined ? {} : { program: other }), action, rest);
    }

    /** Runs the engine and insists that it succeeds. */
    async succeed(action: Action): Promise<Run> {
        const done = await this.run(action);
        if (done.error !== undefined) throw failure(action, done);
        return done;
    }

    /** `npm run try` in this stage. */
    async tryIt(
        args: readonly string[],
        other: Program = program,
    ): Promise<{ code: number; text: string }> {
        let text = "";
        const screen = { write: (chunk: string) => (text += chunk) };
        const around = {
            root: this.folder,
            folder: this.folder,
            program: () => Promise.resolve(other),
        };
        // The engine has what this process has.
        Object.assign(process.env, QUICK);
        try {
            const all = ["--stack", this.name, ...args];
            const code = await tryCommand(all, screen, screen, around);
            return { code, text };
        } finally {
            for (const variable of Object.keys(QUICK)) delete process.env[variable];
        }
    }

    state(): Promise<State> {
        return readState(this.layout, "platform", this.name);
    }

    /** Looks at the world, or changes it. */
    world<T>(look: (store: Store) => T): T {
        const store = Store.open(this.layout.world);
        try {
            return look(store);
        } finally {
            store.close();
        }
    }

    /** Everything that stands in the clouds. */
    instances(): Standing[] {
        return this.world((store) => store.instances());
    }
}

/** Puts a stack that is up into a folder; where another process was quicker, its own is as good. */
async function provision(name: StackName, folder: string): Promise<void> {
    const stage = await Stage.empty(name);
    try {
        await stage.succeed("up");
        await rename(stage.folder, folder).catch((error: unknown) => {
            if (!existsSync(folder)) throw error;
        });
    } finally {
        await stage.dispose();
    }
}

function temporary(name: string): Promise<string> {
    return mkdtemp(join(tmpdir(), `platform-${name}-`));
}

function failure(action: Action, { error, progress }: Run): Error {
    const errors = progress.messages.filter(({ severity }) => severity === "error");
    const words = errors.map(({ urn, text }) => `${urn ?? "stack"}: ${text}`).join("\n");
    return new Error(`${action} failed:\n${words || String(error)}`);
}
