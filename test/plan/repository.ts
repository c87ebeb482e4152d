import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import {
    mkdir,
    mkdtemp,
    readdir,
    readFile,
    realpath,
    rm,
    symlink,
    writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { rules } from "../../policies/rules/index.ts";
import type { Comparison } from "../../tools/plan/against/model.ts";
import type { Plan } from "../../tools/plan/model.ts";
import { ROOT } from "../../tools/stack/layout.ts";
import { plan } from "./support.ts";

const run = promisify(execFile);

/** A repository of its own, and a folder for temporary files, both gone after the test. */
export class Repository {
    readonly folder: string;
    readonly root: string;
    readonly temporary: string;

    private constructor(folder: string, inside: string) {
        this.folder = folder;
        this.root = join(folder, "repository", inside);
        this.temporary = join(folder, "tmp");
    }

    static async use<T>(test: (repository: Repository) => Promise<T>, inside = ""): Promise<T> {
        const folder = await realpath(await mkdtemp(join(tmpdir(), "against-")));
        const repository = new Repository(folder, inside);
        const before = process.env["TMPDIR"];
        try {
            await mkdir(repository.root, { recursive: true });
            await mkdir(repository.temporary);
            process.env["TMPDIR"] = repository.temporary;
            await symlink(join(ROOT, "node_modules"), join(repository.root, "node_modules"));
            await repository.git("init", "--quiet", join(folder, "repository"));
            await repository.write(".gitignore", "node_modules\n");
            await repository.write("package.json", `{"type": "module"}`);
            await repository.write("Pulumi.yaml", "name: tiny\nruntime: nodejs\n");
            return await test(repository);
        } finally {
            if (before === undefined) delete process.env["TMPDIR"];
            else process.env["TMPDIR"] = before;
            await rm(folder, { recursive: true, force: true });
        }
    }

    write(name: string, text: string): Promise<void> {
        return writeFile(join(this.root, name), text);
    }

    async git(...args: readonly string[]): Promise<string> {
        const identity = ["-c", "user.name=T", "-c", "user.email=t@example.com"];
        return (await run("git", [...identity, ...args], { cwd: this.root })).stdout;
    }

    async commit(): Promise<void> {
        await this.git("add", "--all");
        await this.git("commit", "--quiet", "--no-verify", "--message", "change");
    }

    /** Compares with a revision and gives what is printed as JSON. */
    against(revision: string, ...args: readonly string[]): Promise<Ended> {
        // The tiny programs break rules, which is not what most tests are about.
        return this.againstAt(`{"all": "advisory"}`, revision, ...args);
    }

    /** The same at other levels than advice for all rules. */
    async againstAt(config: string, revision: string, ...args: readonly string[]): Promise<Ended> {
        const file = join(this.folder, "plan.json");
        await rm(file, { force: true });
        const levels = join(this.folder, "levels.json");
        await writeFile(levels, config);
        const all = [
            "--policy-config",
            levels,
            "--stack",
            "small",
            "--against",
            revision,
            "--json",
            file,
            ...args,
        ];
        const { code, text } = await plan(all, { root: this.root, rules });
        const json = await readFile(file, "utf8").catch(() => "{}");
        const { against } = JSON.parse(json) as Plan & { against?: Comparison };
        return { code, text, ...(against && { against }) };
    }

    /** Fails if anything but the test's own files is left, on disk or in git. */
    async assertClean(): Promise<void> {
        assert.deepEqual(await readdir(this.temporary), []);
        const trees = (await this.git("worktree", "list", "--porcelain")).match(/^worktree /gm);
        assert.equal(trees?.length, 1);
    }
}

interface Ended {
    readonly code: number;
    readonly text: string;
    readonly against?: Comparison;
}
