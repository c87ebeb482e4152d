import assert from "node:assert/strict";
import { run } from "../../../tools/offline/mocks.ts";
import { buildProd } from "../guardrails.ts";

describe("the data services of Google Cloud", () => {
    it("all have a parent and an explicit provider", async () => {
        const { resources } = await run(await buildProd("gcp"));
        const custom = resources.filter(({ type }) => type.startsWith("gcp:"));
        assert.ok(custom.length > 60);
        for (const { urn, parent, options } of custom) {
            assert.match(parent, /platform:gcp:/, urn);
            assert.match(options.provider, /pulumi:providers:gcp/, urn);
        }
    });
});
