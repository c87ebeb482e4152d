import assert from "node:assert/strict";
import { run } from "../../../tools/offline/mocks.ts";
import { buildServices } from "../../contract/support/services-gcp.ts";
import { findings, makeGrantee, prodServices, prodSite } from "../guardrails.ts";

/** All services on one site, and the service account that two of them are granted to. */
function build() {
    const { cluster } = buildServices(prodServices("gcp"), prodSite("gcp"));
    makeGrantee(cluster);
}

describe("the data services of Google Cloud", () => {
    for (const preview of [true, false]) {
        it(`break no rule in production, ${preview ? "while they are previewed" : "once everything is known"}`, async () => {
            const recorded = await run(build, { stack: "prod", preview });
            assert.deepEqual(findings(recorded, /\$gcp:/), []);
        });
    }

    it("all have a parent and an explicit provider", async () => {
        const { resources } = await run(build);
        const custom = resources.filter(({ type }) => type.startsWith("gcp:"));
        assert.ok(custom.length > 60);
        for (const { urn, parent, options } of custom) {
            assert.match(parent, /platform:gcp:/, urn);
            assert.match(options.provider, /pulumi:providers:gcp/, urn);
        }
    });
});
