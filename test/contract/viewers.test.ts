import assert from "node:assert/strict";
import { CLOUDS } from "../../components/contracts/cloud.ts";
import { baseArgs, build, VIEWERS } from "./support/build.ts";

/** What each cloud says about a group of another cloud's. */
const REFUSED = {
    aws: "is not the ARN of an IAM role or user. Write it like arn:aws:iam::123456789012:role/shop-team.",
    azure: "is not the object id of a Microsoft Entra group. Write it like 12345678-9abc-4def-8123-456789abcdef.",
    gcp: "is not a user as Google Cloud's IAM writes it, in lower case (a role binding does not reach Google groups). Write it like user:jane@example.com.",
} as const;

describe("a cluster's viewers (G9.11)", function () {
    this.timeout(60_000);

    for (const cloud of CLOUDS) {
        it(`are refused on ${cloud} if the cloud does not know them`, async () => {
            const namespaces = { api: [VIEWERS[cloud]], web: ["group:team@example.com"] };
            const run = build(cloud, { ...baseArgs(cloud), viewers: { namespaces } });
            await assert.rejects(run, {
                message: `myapp-dev-one: namespaces.web: group:team@example.com ${REFUSED[cloud]}`,
            });
        });

        it(`make nothing on ${cloud} where nobody is named`, async () => {
            const args = baseArgs(cloud);
            const none = await build(cloud, { ...args, viewers: { namespaces: { web: [] } } });
            const without = await build(cloud, args);
            assert.deepEqual(none.urns(), without.urns());
        });
    }
});
