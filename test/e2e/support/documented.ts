import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { ROOT } from "../../../tools/stack/layout.ts";

const execute = promisify(execFile);

/** A clone of the repository, with room beside it, in which commands of the documentation run as they stand there. */
export class Clone {
    readonly folder: string;
    /** Holds the clone and nothing else at first. */
    readonly around: string;

    private constructor(around: string) {
        this.around = around;
        this.folder = join(around, "platform");
    }

    static async make(): Promise<Clone> {
        const clone = new Clone(await mkdtemp(join(tmpdir(), "platform-docs-")));
        const { folder } = clone;
        await execute("git", ["clone", "--quiet", ROOT, folder]);
        await symlink(join(ROOT, "node_modules"), join(folder, "node_modules"));
        await clone.git("config", "core.excludesFile", ".git/info/exclude");
        await execute("sh", ["-c", "echo node_modules >> .git/info/exclude"], { cwd: folder });
        return clone;
    }

    /** Runs a command in the clone, and fails with all it said if it fails. Gives what it printed. */
    async run(command: string): Promise<string> {
        const ran = execute("sh", ["-c", command], {
            cwd: this.folder,
            // Nothing takes time in the clouds, and the state is written once: nobody kills these runs.
            env: { ...process.env, SIM_TIME_SCALE: "0", PULUMI_SKIP_CHECKPOINTS: "true" },
            maxBuffer: 16 * 1024 * 1024,
        });
        const { stdout } = await ran.catch((error: { stdout?: string; stderr?: string }) =>
            assert.fail(`${command} failed:\n${error.stdout ?? ""}${error.stderr ?? ""}`),
        );
        return stdout;
    }

    async git(...args: readonly string[]): Promise<string> {
        return (await execute("git", [...args], { cwd: this.folder })).stdout;
    }

    async dispose(): Promise<void> {
        await rm(this.around, { recursive: true, force: true });
    }
}
