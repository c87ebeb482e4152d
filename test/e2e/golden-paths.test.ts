import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { ROOT } from "../../tools/stack/layout.ts";
import { Clone } from "./support/documented.ts";
import { theEngine } from "./support/stage.ts";

const PAGES = ["docs/golden-path.md", ...globSync("docs/golden-paths/*.md", { cwd: ROOT }).sort()];

/** What stands in a page's blocks of a language, in its order. */
function blocks(page: string, language: string): readonly string[] {
    const text = readFileSync(join(ROOT, page), "utf8");
    return [...text.matchAll(/^```(\w+)\n(.*?)^```$/gms)].flatMap(([, own, block = ""]) =>
        own === language ? [block] : [],
    );
}

/** The lines of a text without their indentation, which a page needs not repeat. */
function lines(text: string): string {
    return text
        .split("\n")
        .map((line) => line.trim())
        .filter(Boolean)
        .join("\n");
}

describe("the golden paths' commands", () => {
    let clone: Clone;
    before(async () => {
        await theEngine();
        clone = await Clone.make();
    });
    after(() => clone.dispose());

    /** Each page begins with the files as they were cloned; what stands in the simulated clouds goes on. */
    afterEach(async () => {
        await clone.git("checkout", "--quiet", ".");
        for (const name of await readdir(clone.around)) {
            if (name !== "platform") await rm(join(clone.around, name), { recursive: true });
        }
    });

    it("have a page for each kind", () => {
        assert.deepEqual(PAGES, [
            "docs/golden-path.md",
            ...["job", "pipeline", "service", "web", "worker"].map(
                (kind) => `docs/golden-paths/${kind}.md`,
            ),
        ]);
    });

    for (const page of PAGES) {
        it(`work one after the other in a clone, and write what the page shows: ${page}`, async () => {
            const commands = blocks(page, "sh").flatMap((block) => block.trim().split("\n"));
            assert.match(commands[0] ?? "", /^npm run new -- application /);
            const [made, ...others] = commands;
            await clone.run(made!);
            const stack = lines(await readFile(join(clone.folder, "Pulumi.dev.yaml"), "utf8"));
            const [settings = ""] = blocks(page, "yaml");
            assert.ok(settings !== "" && stack.includes(lines(settings)), stack);
            for (const command of others) await clone.run(command);
            assert.equal(await clone.git("status", "--porcelain"), " M Pulumi.dev.yaml\n");
            assert.equal((await readdir(clone.around)).length, 2);
        });
    }
});
