import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { TAG_PLACES } from "../../policies/rules/tags/places.ts";
import { changesOf, ruleOf } from "./judge.ts";
import { taggableTypes, TAGGABLE, toModule } from "../../tools/taggable/typings.ts";

describe("the types that take tags", function () {
    for (const cloud of TAGGABLE) {
        it(`are those of @pulumi/${cloud.package} as it is installed (else run node tools/taggable.ts)`, async () => {
            const file = new URL(`../../policies/rules/tags/${cloud.file}`, import.meta.url);
            const expected = toModule(cloud, await taggableTypes(cloud));
            assert.equal(await readFile(file, "utf8"), expected);
        });
    }

    it("are given the tags that are missing, in the spelling of their cloud, and keep those that are there", () => {
        const rule = ruleOf("tags-required");
        const options = { values: { Owner: "Platform Team", CostCentre: "CC 2000" } };
        const changes = (type: string, inputs: object) =>
            changesOf(rule, type, inputs, { options }).map(({ path, value }) => [path, value]);
        assert.deepEqual(
            changes("azure-native:network:VirtualNetwork", { tags: { owner: "us" } }),
            [["tags.CostCentre", "CC 2000"]],
        );
        assert.deepEqual(changes("gcp:container/nodePool:NodePool", {}), [
            ["nodeConfig.resourceLabels.owner", "platform-team"],
            ["nodeConfig.resourceLabels.cost-centre", "cc-2000"],
        ]);
        // Whether the provider adds them cannot be told before it has shown its own.
        assert.deepEqual(changes("gcp:storage/bucket:Bucket", {}), []);
        assert.deepEqual(changes("aws:s3/bucket:Bucket", { tagsAll: { Owner: "us" } }), [
            ["tags.CostCentre", "CC 2000"],
        ]);
    });

    it("are known by the tokens that the engine sends, less their versions", () => {
        assert.equal(TAG_PLACES.get("aws:ec2/vpc:Vpc")?.path, "tags");
        assert.equal(TAG_PLACES.get("aws:s3/bucket:Bucket")?.path, "tags");
        assert.equal(TAG_PLACES.get("azure-native:network:VirtualNetwork")?.path, "tags");
        assert.equal(TAG_PLACES.get("gcp:storage/bucket:Bucket")?.path, "labels");
        assert.equal(TAG_PLACES.get("aws:ec2/route:Route"), undefined);
        assert.equal(TAG_PLACES.get("gcp:cloudidentity/group:Group"), undefined);
    });
});
