import assert from "node:assert/strict";
import { bundleCommand } from "../../tools/bundle/command.ts";
import { Paper } from "../support/paper.ts";

async function run(
    ...args: readonly string[]
): Promise<{ code: number; text: string; errors: string }> {
    const [out, errors] = [new Paper(), new Paper()];
    const code = await bundleCommand(args, out, errors);
    return { code, text: out.text, errors: errors.text };
}

describe("npm run bundle", () => {
    it("says what it needs, and which packs there are, where errors belong", async () => {
        assert.deepEqual(await run(), {
            code: 2,
            text: "",
            errors: "Say where to: --out FOLDER.\n",
        });
        assert.deepEqual(await run("--out", "nowhere", "--pack", "safety"), {
            code: 2,
            text: "",
            errors: 'There is no pack "safety". There are: platform, security, reliability, cost.\n',
        });
    });
});
