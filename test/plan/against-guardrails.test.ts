import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { changedGuardrails, guardrailNotes } from "../../tools/plan/against/guardrails.ts";

describe("a comparison in which the guardrails differ", () => {
    let folder: string;
    let root: string;

    const git = (...args: readonly string[]) =>
        execFileSync("git", ["-c", "user.name=T", "-c", "user.email=t@example.com", ...args], {
            cwd: root,
            encoding: "utf8",
        });
    const write = async (name: string, text: string) => writeFile(join(root, name), text);
    const notes = async () => guardrailNotes(await changedGuardrails("HEAD", root));

    beforeEach(async () => {
        folder = await mkdtemp(join(tmpdir(), "guardrails-"));
        root = join(folder, "deploy", "platform");
        await mkdir(join(root, "policies"), { recursive: true });
        git("init", "--quiet", folder);
        await write("policies/waivers.yaml", "waivers: []\n");
        await write("policies/rule.ts", "export {};\n");
        await write("index.ts", "export {};\n");
        git("add", "--all");
        git("commit", "--quiet", "--no-verify", "--message", "begin");
    });

    afterEach(() => rm(folder, { recursive: true, force: true }));

    it("says nothing where only the program changes", async () => {
        await write("index.ts", "export default 1;\n");
        assert.deepEqual(await notes(), []);
    });

    it("names what was changed, added and taken away, from the project's folder", async () => {
        await write("policies/waivers.yaml", "waivers: [everything]\n");
        await write("policies/new.ts", "export {};\n");
        await rm(join(root, "policies", "rule.ts"));
        assert.deepEqual(await notes(), [
            "The guardrails differ as well, and those of this revision judge both: policies/new.ts, policies/rule.ts, policies/waivers.yaml.",
        ]);
    });

    it("takes the file of levels that the command line names for one of them, where it is the project's", async () => {
        await write("levels.json", "{}");
        assert.deepEqual(await changedGuardrails("HEAD", root), []);
        assert.deepEqual(await changedGuardrails("HEAD", root, "levels.json"), ["levels.json"]);
        assert.deepEqual(await changedGuardrails("HEAD", root, "../../levels.json"), []);
    });

    it("counts what would be too much to name, and leaves the index alone", async () => {
        for (const name of ["a", "b", "c", "d", "e", "f"]) await write(`policies/${name}.ts`, "");
        git("add", "policies/a.ts");
        const before = git("status", "--porcelain");
        assert.match((await notes()).join(), /policies\/a\.ts, .*policies\/e\.ts, and 1 more\.$/);
        assert.equal(git("status", "--porcelain"), before);
    });
});
