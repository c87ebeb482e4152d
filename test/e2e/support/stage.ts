import assert from "node:assert/strict";
import { chmod, cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
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
import type { Operation } from "../../../tools/stack/progress.ts";
import { changes } from "../../../tools/stack/progress.ts";
import type { Action, Run, RunOptions } from "../../../tools/stack/run.ts";
import { run } from "../../../tools/stack/run.ts";
import type { State } from "../../../tools/stack/state.ts";
import { readState } from "../../../tools/stack/state.ts";

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

/** A stack in a folder of its own: its files, its state and its simulated clouds. */
export class Stage {
    readonly name: StackName;
    readonly folder: string;
    readonly layout: Layout;

    private constructor(name: StackName, folder: string) {
        this.name = name;
        this.folder = folder;
        this.layout = { ...layoutOf(folder), cache: join(LOCAL, "cache") };
    }

    /** A copy of the repository's stack files, with nothing provisioned. */
    static async empty(name: StackName): Promise<Stage> {
        const stage = new Stage(name, await mkdtemp(join(tmpdir(), `platform-${name}-`)));
        for (const file of ["Pulumi.yaml", `Pulumi.${name}.yaml`]) {
            await cp(join(ROOT, file), join(stage.folder, file));
        }
        return stage;
    }

    /** A stack that is up. Provisioned once per process; every call gets a copy of its own. */
    static async standing(name: StackName): Promise<Stage> {
        let base = bases.get(name);
        if (base === undefined) bases.set(name, (base = provision(name)));
        const source = await base;
        const copy = new Stage(name, await mkdtemp(join(tmpdir(), `platform-${name}-`)));
        await cp(source.folder, copy.folder, { recursive: true, verbatimSymlinks: true });
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
    async open(
        options: { engine?: Engine; program?: Program; timeScale?: number } = {},
    ): Promise<Stack> {
        return openStack({
            engine: options.engine ?? (await theEngine()),
            layout: this.layout,
            file: { stack: this.name, file: this.stackFile },
            program: options.program ?? program,
            timeScale: options.timeScale ?? 0,
        });
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
        const code = await tryCommand(["--stack", this.name, ...args], screen, screen, around);
        return { code, text };
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

const bases = new Map<StackName, Promise<Stage>>();

async function provision(name: StackName): Promise<Stage> {
    const stage = await Stage.empty(name);
    await stage.succeed("up");
    return stage;
}

/** Takes the stages that others were copied from away. */
export async function disposeBases(): Promise<void> {
    for (const base of bases.values()) {
        await base.then((stage) => stage.dispose()).catch(() => undefined);
    }
    bases.clear();
}

function failure(action: Action, { error, progress }: Run): Error {
    const errors = progress.messages.filter(({ severity }) => severity === "error");
    const words = errors.map(({ urn, text }) => `${urn ?? "stack"}: ${text}`).join("\n");
    return new Error(`${action} failed:\n${words || String(error)}`);
}

/** What a run changed, or would change: `create <urn>`, sorted. The engine tells of a component more than once. */
export function changed({ progress }: Run): string[] {
    return [...new Set(progress.done.filter(({ op }) => changes(op)).map(line))].sort();
}

/** What a run changed in the clouds, without the engine's own bookkeeping. */
export function changedInClouds({ progress }: Run): string[] {
    return progress.done
        .filter(({ op, custom }) => custom && changes(op))
        .map(line)
        .sort();
}

function line({ op, urn }: Operation): string {
    return `${op} ${urn}`;
}

/** What the state says stands in the clouds, as `<urn> <id>`, sorted. What is random lives in the state alone. */
export function known(state: State): string[] {
    return state.resources
        .filter(({ custom, type }) => custom && !/^(?:pulumi|random):/.test(type))
        .map(({ urn, id }) => `${urn} ${id}`)
        .sort();
}

/** What stands in the clouds, as `<urn> <id>`, sorted. */
export function standing(stage: Stage): string[] {
    return stage
        .instances()
        .map(({ urn, id }) => `${urn} ${id}`)
        .sort();
}

/** Equality of two lists, which names only what differs: whole stacks are too long to read. */
export function assertSame(
    actual: readonly string[],
    expected: readonly string[],
    message?: string,
): void {
    const surplus = difference(actual, expected);
    const missing = difference(expected, actual);
    assert.deepEqual({ surplus, missing }, { surplus: [], missing: [] }, message);
}

/** What the first list has more than the second, each as often as it has it more. */
function difference(first: readonly string[], second: readonly string[]): string[] {
    const rest = [...second];
    return first.filter((entry) => {
        const at = rest.indexOf(entry);
        if (at >= 0) rest.splice(at, 1);
        return at < 0;
    });
}

/** An engine whose process id is known, so that it can be killed. */
export async function killable(
    stage: Stage,
): Promise<{ engine: Engine; kill: () => Promise<void> }> {
    const real = await theEngine();
    const command = join(stage.folder, "killable-pulumi");
    const pid = join(stage.folder, "pid");
    await writeFile(command, `#!/bin/sh\necho $$ >"${pid}"\nexec "${real.command}" "$@"\n`);
    await chmod(command, 0o755);
    return {
        engine: { ...real, command },
        kill: async () => void process.kill(Number(await readFile(pid, "utf8")), "SIGKILL"),
    };
}
