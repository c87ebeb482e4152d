import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { ROOT } from "../../tools/stack/layout.ts";
import { Clone } from "./support/documented.ts";
import { theEngine } from "./support/stage.ts";

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
    let clone: Clone;
    before(async () => {
        await theEngine();
        clone = await Clone.make();
    });
    after(() => clone.dispose());

    it("are found", () => {
        assert.ok(commands.length >= 8, commands.join("\n"));
    });

    for (const command of commands) {
        it(`${command} works, and leaves the tree clean`, async () => {
            await clone.run(command);
            assert.equal(await clone.git("status", "--porcelain"), "");
        });
    }
});
