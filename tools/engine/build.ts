import { spawn } from "node:child_process";
import { mkdir, open, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { isAlive } from "../lib/process.ts";
import { UserError } from "../lib/user-error.ts";
import { ENGINE_COMMAND, ENGINE_MODULE, versionOf } from "./pin.ts";

/** What to build, where to put it, and how to tell about it. */
export interface BuildOptions {
    /** The folder that gets the executable, outside the work tree. */
    readonly folder: string;
    readonly version: string;
    readonly env: NodeJS.ProcessEnv;
    readonly say: (line: string) => void;
}

/** Builds the engine from the Go modules that `tools/engine/go.mod` pins and returns the executable's path. */
export async function buildEngine(options: BuildOptions): Promise<string> {
    const { folder, version, say } = options;
    if ((await run("go", ["version"], options)).code !== 0) throw noEngine(version);
    await mkdir(folder, { recursive: true });
    const target = join(folder, "pulumi");
    const release = await lock(join(folder, "building"), say);
    try {
        // Another builder may have finished while this one waited for the lock.
        if ((await versionOf(target)) === version) return target;
        await compile(target, options);
        return target;
    } finally {
        await release();
    }
}

async function compile(target: string, options: BuildOptions): Promise<void> {
    const { version, say } = options;
    const started = Date.now();
    say(
        `No pulumi ${version} here yet: building it from Go modules, once. About 4 minutes on two cores.`,
    );
    say(`(Quicker, if this machine may fetch it: npx pulumi@${version} version)`);
    const listed = await run("go", ["list", "-deps", ENGINE_COMMAND], options);
    if (listed.code !== 0) throw buildFailed(listed.output);
    const counter = countPackages(listed.output.split("\n").length, say);
    const fresh = `${target}.${process.pid}`;
    const flags = [
        "-trimpath",
        "-tags=osusergo,grpcnotrace",
        `-ldflags=-s -w -X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v${version}`,
    ];
    try {
        const built = await run(
            "go",
            ["build", "-v", ...flags, "-o", fresh, ENGINE_COMMAND],
            options,
            counter,
        );
        if (built.code !== 0) throw buildFailed(built.output);
        if ((await versionOf(fresh)) !== version) throw buildFailed("The result does not run.");
        await rename(fresh, target);
    } finally {
        await rm(fresh, { force: true });
    }
    say(`Built pulumi ${version} in ${Math.round((Date.now() - started) / 1000)} s.`);
}

/** Tells every tenth of the way; `go build -v` prints a line per package that it compiles. */
function countPackages(total: number, say: (line: string) => void): (line: string) => void {
    let compiled = 0;
    let told = 0;
    return (line) => {
        if (line.startsWith("go: ")) return;
        compiled++;
        const tenth = Math.floor((compiled * 10) / total);
        if (tenth > told) say(`  ${compiled} of at most ${total} packages compiled`);
        told = Math.max(told, tenth);
    };
}

interface Finished {
    readonly code: number;
    readonly output: string;
}

function run(
    command: string,
    args: readonly string[],
    { env }: BuildOptions,
    onLine?: (line: string) => void,
): Promise<Finished> {
    // GOFLAGS and GOWORK of the user's own projects must not change what is built.
    const clean = {
        ...env,
        CGO_ENABLED: "0",
        GOFLAGS: "-mod=readonly -buildvcs=false",
        GOWORK: "off",
    };
    return new Promise((resolve) => {
        const child = spawn(command, args, {
            cwd: ENGINE_MODULE,
            env: clean,
            stdio: ["ignore", "pipe", "pipe"],
        });
        let output = "";
        for (const stream of [child.stdout, child.stderr]) {
            createInterface({ input: stream }).on("line", (line) => {
                output += `${line}\n`;
                onLine?.(line);
            });
        }
        child.on("error", (error) => resolve({ code: -1, output: error.message }));
        child.on("close", (code) => resolve({ code: code ?? -1, output }));
    });
}

/**
 * Takes the lock or waits for its owner; a lock whose owner is gone is taken over. Should two ever take it over at
 * once, both build and the later rename wins: slower, never wrong.
 */
async function lock(file: string, say: (line: string) => void): Promise<() => Promise<void>> {
    for (let waited = false; ; waited = true) {
        try {
            const handle = await open(file, "wx");
            await handle.writeFile(String(process.pid));
            await handle.close();
            return () => rm(file, { force: true });
        } catch (error) {
            if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
        }
        const owner = Number(await readFile(file, "utf8").catch(() => ""));
        if (owner > 0 && !isAlive(owner)) await rm(file, { force: true });
        else if (!waited) say(`Process ${owner} is building the engine already; waiting for it.`);
        await sleep(500);
    }
}

function noEngine(version: string): UserError {
    return new UserError(
        [
            `There is no pulumi ${version} or newer on this machine, and no Go to build it with. One of these helps:`,
            `  npx pulumi@${version} version    fetches Pulumi's own into ~/.pulumi, where it is found`,
            "  https://www.pulumi.com/docs/install/    the ways to install it for good",
            "  https://go.dev/doc/install    Go 1.26 or newer; then the engine is built here, once",
        ].join("\n"),
    );
}

function buildFailed(output: string): UserError {
    const tail = output.trim().split("\n").slice(-15).join("\n");
    return new UserError(
        `Building the engine from Go modules failed:\n${tail}\n` +
            "If Go's modules cannot be reached from here, install pulumi: https://www.pulumi.com/docs/install/",
    );
}
