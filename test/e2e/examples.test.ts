import assert from "node:assert/strict";
import { EXAMPLES } from "../examples/support.ts";
import { assertSame, known, standing } from "./support/compare.ts";
import { Stage } from "./support/stage.ts";

describe("the examples on simulated clouds", () => {
    let stage: Stage;
    afterEach(() => stage.dispose());

    for (const example of EXAMPLES) {
        it(`${example} goes up under the guardrails, stays as it is, and leaves nothing behind`, async () => {
            stage = await Stage.example(example);
            const tried = async (...args: string[]) => {
                const { code, text } = await stage.tryIt(args);
                assert.equal(code, 0, text);
                return text;
            };
            assert.match(await tried(), /no mandatory violation/);
            assertSame(standing(stage), known(await stage.state()));
            assert.match(await tried(), /nothing to do/);
            assert.match(await tried("--refresh"), /no drift/);
            await tried("--destroy", "--unprotect");
            assertSame(standing(stage), []);
            assert.deepEqual((await stage.state()).resources, []);
        });
    }
});
