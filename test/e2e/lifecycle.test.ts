import assert from "node:assert/strict";
import { assertSame, changed, changedInClouds, known, left, standing } from "./support/compare.ts";
import { STACKS, Stage } from "./support/stage.ts";

for (const name of STACKS) {
    describe(`the life of ${name}`, () => {
        let stage: Stage;
        afterEach(() => stage.dispose());

        it("creates exactly what the preview promised", async () => {
            stage = await Stage.empty(name);
            const preview = await stage.succeed("preview");
            assertSame(standing(stage), [], "a preview creates nothing");
            const up = await stage.succeed("up");
            assertSame(changed(up), changed(preview));
            assert.ok(changedInClouds(up).length > 50, "the stack is not empty");
            assertSame(standing(stage), known(await stage.state()));
        });

        it("changes nothing the second time", async () => {
            stage = await Stage.standing(name);
            assertSame(changed(await stage.succeed("preview")), []);
            const before = stage.instances();
            assertSame(changed(await stage.succeed("up")), []);
            assert.deepEqual(stage.instances(), before);
        });

        it("finds no drift right after", async () => {
            stage = await Stage.standing(name);
            const refresh = await stage.succeed("refresh");
            assert.deepEqual([...refresh.progress.differences], []);
            assertSame(changed(refresh), []);
            assertSame(changed(await stage.succeed("preview")), []);
        });

        it("is taken down in an order that no cloud refuses, and leaves nothing behind", async () => {
            stage = await Stage.standing(name);
            const { code, text } = await stage.tryIt([
                "--destroy",
                ...(name === "prod" ? ["--unprotect"] : []),
            ]);
            assert.equal(code, 0, text);
            assertSame(left(stage), []);
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
        assertSame(standing(stage), before);
    });

    it("keeps what it protects even from an engine that is told to destroy without a preview", async () => {
        stage = await Stage.standing("prod");
        const guarded = (await stage.state()).resources.filter(({ protect }) => protect === true);
        const { error } = await stage.run("destroy");
        assert.ok(error !== undefined);
        const left = new Set(standing(stage));
        assert.deepEqual(
            guarded.map(({ urn, id }) => `${urn} ${id}`).filter((one) => !left.has(one)),
            [],
        );
        assert.ok(
            guarded.length >= 10,
            "databases, keys, clusters, registries and secrets are protected",
        );
    });
});
