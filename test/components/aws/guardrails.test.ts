import assert from "node:assert/strict";
import { rules } from "../../../policies/rules/index.ts";
import { levelOf } from "../../../policies/rules/rule.ts";
import { run } from "../../../tools/offline/mocks.ts";
import { buildServices } from "../../contract/support/services-aws.ts";
import { findings, makeGrantee, prodServices, prodSite } from "../guardrails.ts";

/** All services on one site, and the service account that two of them are granted to. */
function build() {
    const { cluster } = buildServices(prodServices("aws"), prodSite("aws"));
    makeGrantee(cluster);
}

/** What belongs to a service, and what one puts into the secret store. */
const OF_SERVICES = /platform:aws:(ObjectStore|Cache|SharedFiles|DnsZone|Edge|SecretStore)\$/;

/** Advice that stands for a reason. */
const STANDING = [
    // The controller makes the balancers that write into it, so the program does not show that it takes logs, which they
    // write under S3's own key only, and whose own log would be one without end.
    "bucket-access-logging myapp-dev-one-edge-access-logs ",
    "bucket-encrypted-cmk myapp-dev-one-edge-access-logs rules",
    // Passwords never change by themselves, like a database's: a pod that read one at its start would fail.
    "secret-cmk-rotation myapp-dev-one-sessions-credentials ",
];

describe("the services of AWS under the guardrails", () => {
    it("have only advice that stands, nothing mandatory", () => {
        const levels = STANDING.map((finding) => {
            const rule = rules.find(({ id }) => id === finding.split(" ")[0]);
            return rule && levelOf(rule);
        });
        assert.deepEqual(levels, ["advisory", "advisory", "advisory"]);
    });

    for (const preview of [true, false]) {
        it(`have no finding in production but advice that stands, ${preview ? "while they are previewed" : "once everything is known"}`, async () => {
            const recorded = await run(build, { stack: "prod", preview });
            assert.deepEqual(findings(recorded, OF_SERVICES), STANDING);
        });
    }
});
