import assert from "node:assert/strict";
import { mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { network, plan, withProject } from "./support.ts";

describe("what npm run plan writes to", () => {
    /** Runs a plan of a program that must not be reached. */
    async function refused(root: string, ...args: readonly string[]): Promise<string> {
        const program = () => assert.fail("the program ran");
        const { code, text } = await plan(["--stack", "small", ...args], { root, program });
        assert.equal(code, 2);
        return text;
    }

    it("is looked at before the program runs", () =>
        withProject({ small: "" }, async (root) => {
            const lost = join(root, "no", "such");
            for (const option of ["json", "html", "sarif", "code-quality", "markdown"]) {
                assert.equal(
                    await refused(root, `--${option}`, lost),
                    `${lost} cannot be written: there is no folder ${join(root, "no")}.\n`,
                );
                assert.equal(
                    await refused(root, `--${option}`, root),
                    `${root} cannot be written: EISDIR.\n`,
                );
            }
            const mine = join(root, "out");
            await mkdir(mine);
            await writeFile(join(mine, "mine.txt"), "mine");
            assert.match(await refused(root, "--manifests", mine), / is not empty and was not /);
            const file = join(mine, "mine.txt");
            assert.equal(
                await refused(root, "--manifests", file),
                `${file} cannot be written: it is a file.\n`,
            );
        }));

    it("is written before anything is shown, so that an error stands alone", () =>
        withProject({ a: "", b: "" }, async (root) => {
            const file = join(root, "plan.json");
            const args = ["--all", "--json", file, "--resource", "no-such-thing"];
            const { code, text } = await plan(args, { root, program: network });
            assert.equal(code, 2);
            assert.match(text, /^No resource has the name/);
            assert.ok(!(await readdir(root)).includes("plan.json"));
        }));
});
