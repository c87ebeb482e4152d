import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { withoutProtection } from "../../../tools/stack/unprotect.ts";
import type { Example } from "../../examples/support.ts";
import { assertSame, changed, known, left, standing } from "./compare.ts";
import { Stage } from "./stage.ts";

/** Takes an example from nothing to nothing. The guardrails judge it once, where it is made. */
export function liveThrough(example: Example): void {
    describe(`the example ${example}`, () => {
        let stage: Stage;
        before(async () => (stage = await Stage.example(example)));
        after(() => stage.dispose());

        it("goes up under the guardrails", async () => {
            const { code, text } = await stage.tryIt([]);
            assert.equal(code, 0, text);
            assert.match(text, /no mandatory violation/);
            assertSame(standing(stage), known(await stage.state()));
        });

        it("stays as it is", async () => {
            const refresh = await stage.succeed("refresh");
            assert.deepEqual([...refresh.progress.differences], []);
            assertSame(changed(await stage.succeed("preview")), []);
        });

        it("leaves nothing behind", async () => {
            if (await isProtected(stage)) await takeProtectionOff(stage);
            await stage.succeed("destroy");
            assertSame(left(stage), []);
            assert.deepEqual((await stage.state()).resources, []);
        });
    });
}

async function isProtected(stage: Stage): Promise<boolean> {
    return (await stage.state()).resources.some(({ protect }) => protect === true);
}

/** As `npm run try -- --destroy --unprotect` does it. */
async function takeProtectionOff(stage: Stage): Promise<void> {
    const file = join(stage.folder, `Pulumi.${stage.name}.yaml`);
    await writeFile(file, withoutProtection(await readFile(file, "utf8")));
    await stage.succeed("up");
}
