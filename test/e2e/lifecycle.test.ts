import assert from "node:assert/strict";
import { STACKS, Stage, changed, changedInClouds, known, standing } from "./support/stage.ts";

for (const name of STACKS) {
    describe(`the life of ${name}`, () => {
        let stage: Stage;
        afterEach(() => stage.dispose());

        it("creates exactly what the preview promised", async () => {
            stage = await Stage.empty(name);
            const preview = await stage.succeed("preview");
            assert.deepEqual(standing(stage), [], "a preview creates nothing");
            const up = await stage.succeed("up");
            assert.deepEqual(changed(up), changed(preview));
            assert.ok(changedInClouds(up).length > 50, "the stack is not empty");
            assert.deepEqual(standing(stage), known(await stage.state()));
        });

        it("changes nothing the second time", async () => {
            stage = await Stage.standing(name);
            assert.deepEqual(changed(await stage.succeed("preview")), []);
            const before = stage.instances();
            assert.deepEqual(changed(await stage.succeed("up")), []);
            assert.deepEqual(stage.instances(), before);
        });

        it("finds no drift right after", async () => {
            stage = await Stage.standing(name);
            const refresh = await stage.succeed("refresh");
            assert.deepEqual([...refresh.progress.differences], []);
            assert.deepEqual(changed(refresh), []);
            assert.deepEqual(changed(await stage.succeed("preview")), []);
        });

        it("is taken down in an order that no cloud refuses, and leaves nothing behind", async () => {
            stage = await Stage.standing(name);
            const { code, text } = await stage.tryIt([
                "--destroy",
                ...(name === "prod" ? ["--unprotect"] : []),
            ]);
            assert.equal(code, 0, text);
            assert.deepEqual(standing(stage), []);
            assert.deepEqual((await stage.state()).resources, []);
        });
    });
}

describe("protection in prod", () => {
    let stage: Stage;
    afterEach(() => stage.dispose());

    it("refuses to take prod down, and says what to do", async () => {
        stage = await Stage.standing("prod");
        const before = standing(stage);
        const { code, text } = await stage.tryIt(["--destroy"]);
        assert.equal(code, 1);
        assert.match(text, /prod holds \d+ protected resources/);
        assert.match(text, /npm run try -- --stack prod --destroy --unprotect/);
        assert.deepEqual(standing(stage), before);
    });

    it("refuses plain destroy as well: the engine guards what the program protects", async () => {
        stage = await Stage.standing("prod");
        const before = standing(stage);
        const { error, progress } = await stage.run("destroy");
        assert.ok(error !== undefined);
        assert.ok(progress.messages.some(({ text }) => text.includes("protect")));
        assert.deepEqual(standing(stage), before);
    });
});
