import assert from "node:assert/strict";
import type { ExampleResource, Inputs } from "../../policies/examples/example.ts";
import { judgeStack, ruleOf } from "./judge.ts";

describe("the rule disk-encrypted-at-rest", () => {
    const rule = ruleOf("disk-encrypted-at-rest");
    const byDefault = (inputs: Inputs, provider = "site"): ExampleResource => ({
        name: "all",
        type: "aws:ebs/encryptionByDefault:EncryptionByDefault",
        inputs,
        provider,
    });
    const verdicts = (type: string, inputs: Inputs, ...more: readonly ExampleResource[]) =>
        judgeStack(rule, [{ name: "one", type, inputs }, ...more]).map(({ state, path }) => [
            state,
            path,
        ]);

    const seenNowhere = [
        ["aws:ec2/instance:Instance", { ami: "ami-1" }, "rootBlockDevice"],
        ["aws:ec2/launchTemplate:LaunchTemplate", { imageId: "ami-1" }, "blockDeviceMappings"],
        ["aws:ebs/volume:Volume", { snapshotId: "snap-1" }, "snapshotId"],
    ] as const;
    for (const [type, inputs, path] of seenNowhere) {
        it(`says unknown of ${type} whose disk an image or a snapshot decides`, () => {
            assert.deepEqual(verdicts(type, inputs), [["unknown", path]]);
        });
        it(`passes the same ${type} in an account that encrypts by default`, () => {
            assert.deepEqual(verdicts(type, inputs, byDefault({})), []);
        });
    }

    it("says unknown of a disk if another provider's account encrypts by default", () => {
        const disk = { size: 10 };
        const found = verdicts("aws:ebs/volume:Volume", disk, byDefault({}, "another"));
        assert.deepEqual(found, [["unknown", "region"]]);
    });
});
