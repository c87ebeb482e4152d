import assert from "node:assert/strict";
import { CLOUDS, type CloudName } from "../../components/contracts/cloud.ts";
import type { ViewersArgs } from "../../components/contracts/viewers.ts";
import { baseArgs, build, VIEWERS, type ContractArgs } from "./support/build.ts";

/** What each cloud says about a group of another cloud's. */
const REFUSED = {
    aws: "is not the ARN of an IAM role or user. Write it like arn:aws:iam::123456789012:role/shop-team.",
    azure: "is not the object id of a Microsoft Entra group. Write it like 12345678-9abc-4def-8123-456789abcdef.",
    gcp: "is not a user as Google Cloud's IAM writes it, in lower case (a role binding does not reach Google groups). Write it like user:jane@example.com.",
} as const;

/** A site's arguments with others who may look. */
function looking(cloud: CloudName, viewers: ViewersArgs): ContractArgs {
    const args = baseArgs(cloud);
    return { ...args, cluster: { ...args.cluster, viewers } };
}

describe("a cluster's viewers (G9.11)", function () {
    this.timeout(60_000);

    for (const cloud of CLOUDS) {
        it(`are refused on ${cloud} if the cloud does not know them`, async () => {
            const viewers = { api: [VIEWERS[cloud]], web: ["group:team@example.com"] };
            const run = build(cloud, looking(cloud, viewers));
            await assert.rejects(run, {
                message: `myapp-dev-one: viewers.web: group:team@example.com ${REFUSED[cloud]}`,
            });
        });

        it(`make nothing on ${cloud} where nobody is named`, async () => {
            const none = await build(cloud, looking(cloud, { web: [] }));
            const without = await build(cloud);
            assert.deepEqual(none.urns(), without.urns());
        });
    }
});
