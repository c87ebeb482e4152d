import assert from "node:assert/strict";
import { EXAMPLES } from "../examples/support.ts";
import { assertSame, changed, known, standing } from "./support/compare.ts";
import { Stage } from "./support/stage.ts";

/** What Google knows once per project, and other buckets may rely on: how reads of objects are written down. */
const STAYS = "gcp:projects/iAMAuditConfig:IAMAuditConfig";

describe("the examples on simulated clouds", () => {
    let stage: Stage;
    afterEach(() => stage.dispose());

    for (const example of EXAMPLES) {
        it(`${example} goes up under the guardrails, stays as it is, and leaves nothing behind`, async () => {
            stage = await Stage.example(example);
            const up = await stage.tryIt([]);
            assert.equal(up.code, 0, up.text);
            assert.match(up.text, /no mandatory violation/);
            assertSame(standing(stage), known(await stage.state()));

            const refresh = await stage.succeed("refresh");
            assert.deepEqual([...refresh.progress.differences], []);
            assertSame(changed(await stage.succeed("preview")), []);

            const down = await stage.tryIt(["--destroy", "--unprotect"]);
            assert.equal(down.code, 0, down.text);
            const left = stage.instances().filter(({ type }) => type !== STAYS);
            assert.deepEqual(left, []);
            assert.deepEqual((await stage.state()).resources, []);
        });
    }
});
