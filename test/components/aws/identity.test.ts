import assert from "node:assert/strict";
import { inspect, run } from "../../../tools/offline/mocks.ts";
import { DEV, makeSite } from "./fixtures.ts";

describe("an identity on AWS", function () {
    this.timeout(60_000);

    it("is a role for one service account, and nothing to write on it", async () => {
        const site = await run(() => {
            const { cluster } = makeSite(DEV);
            const pods = { namespace: "shop", serviceAccount: "web" };
            return cluster.identity(`${DEV.name}-web`, pods);
        });
        const role = site.one("aws:iam/role:Role", `${DEV.name}-web`);
        const { inputs } = site.one(
            "aws:eks/podIdentityAssociation:PodIdentityAssociation",
            `${DEV.name}-web`,
        );
        assert.deepEqual(
            [inputs["namespace"], inputs["serviceAccount"], inputs["roleArn"]],
            ["shop", "web", role.outputs["arn"]],
        );
        assert.equal((await inspect(site.result.principal)).value, role.outputs["arn"]);
        assert.deepEqual(site.result.annotations, {});
        assert.equal(
            site.all("aws:iam/rolePolicy:RolePolicy").some(({ name }) => name === role.name),
            false,
        );
    });
});
