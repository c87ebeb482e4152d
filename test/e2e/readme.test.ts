import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { ROOT } from "../../tools/stack/layout.ts";
import { theEngine } from "./support/stage.ts";

const execute = promisify(execFile);

/** What CI runs by itself: see .ci/run. */
const RUN_BY_CI = /^(npm (ci|test)|npm run (check|e2e|bench|parity|urns)|\.ci\/run)/;

/** The commands of the README, in the order in which it tells them; those for real accounts are left out. */
async function readmeCommands(): Promise<readonly string[]> {
    const text = await readFile(join(ROOT, "README.md"), "utf8");
    const [here = ""] = text.split("## Use it with real accounts");
    const found = here.matchAll(/^(?:\| `)?(npm [^`\n#]+?)(?:`.*)?$/gm);
    return [...found].map(([, command = ""]) => command.trim());
}

const commands = (await readmeCommands()).filter((command) => !RUN_BY_CI.test(command));

describe("the README's commands, one after the other in a clone", () => {
    let clone: string;
    before(async () => {
        await theEngine();
        clone = await mkdtemp(join(tmpdir(), "platform-readme-"));
        await execute("git", ["clone", "--quiet", ROOT, clone]);
        await symlink(join(ROOT, "node_modules"), join(clone, "node_modules"));
        await execute("git", ["config", "core.excludesFile", ".git/info/exclude"], { cwd: clone });
        await execute("sh", ["-c", "echo node_modules >> .git/info/exclude"], { cwd: clone });
    });
    after(() => rm(clone, { recursive: true, force: true }));

    it("are found", () => {
        assert.ok(commands.length >= 8, commands.join("\n"));
    });

    for (const command of commands) {
        it(`${command} works, and leaves the tree clean`, async () => {
            await execute("sh", ["-c", command], {
                cwd: clone,
                env: { ...process.env, SIM_TIME_SCALE: "0" },
                maxBuffer: 16 * 1024 * 1024,
            }).catch((error: { stdout?: string; stderr?: string }) => {
                assert.fail(`${command} failed:\n${error.stdout ?? ""}${error.stderr ?? ""}`);
            });
            const { stdout } = await execute("git", ["status", "--porcelain"], { cwd: clone });
            assert.equal(stdout, "");
        });
    }
});
