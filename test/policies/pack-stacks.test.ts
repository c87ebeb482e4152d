import assert from "node:assert/strict";
import { UNKNOWN } from "./judge.ts";
import { givePlatformPack, type RunningPack, urnOf, type Sent } from "./pack.ts";

const bucket = (name: string): Sent => ({
    type: "aws:s3/bucketV2:BucketV2",
    name,
    inputs: {},
    outputs: { bucket: UNKNOWN },
});

const block = (of: Sent): Sent => ({
    type: "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
    name: of.name,
    inputs: {
        bucket: UNKNOWN,
        blockPublicAcls: true,
        blockPublicPolicy: true,
        ignorePublicAcls: true,
        restrictPublicBuckets: true,
    },
    references: { bucket: [of] },
});

describe("the pack policies/platform over gRPC", function () {
    let pack: RunningPack;
    givePlatformPack((started) => (pack = started));

    describe("on buckets of S3 in a stack", () => {
        const BLOCKED = "bucket-public-access-blocked";
        const one = bucket("one");
        const two = bucket("two");

        it("passes one whose block refers to it, while its name is unknown", async () => {
            assert.deepEqual(await pack.judgeStack([one, block(one)], BLOCKED), []);
        });

        it("rejects the one that has no block", async () => {
            const found = await pack.judgeStack([one, block(one), two], BLOCKED);
            assert.deepEqual(
                found.map(({ policy, urn, level }) => [policy, urn, level]),
                [["bucket-public-access-blocked", urnOf(two), "mandatory"]],
            );
        });

        it("passes all of them where the account's own block is complete", async () => {
            const account: Sent = {
                ...block(one),
                type: "aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock",
                references: {},
            };
            assert.deepEqual(await pack.judgeStack([one, two, account], BLOCKED), []);
        });

        it("joins by name where the program wrote the name out twice", async () => {
            const named: Sent = { ...one, outputs: { bucket: "logs" } };
            const of = (name: string): Sent => ({
                ...block(one),
                inputs: { ...block(one).inputs, bucket: name },
                references: {},
            });
            assert.deepEqual(await pack.judgeStack([named, of("logs")], BLOCKED), []);
            assert.equal((await pack.judgeStack([named, of("others")], BLOCKED)).length, 1);
        });

        it("says unknown while it cannot tell which bucket a block is for", async () => {
            assert.deepEqual(
                await pack.judgeStack([one, { ...block(one), references: {} }], BLOCKED),
                [],
            );
        });

        it("reads the inputs that it noted where the provider gives no outputs yet", async () => {
            const named: Sent = { ...one, name: "noted", inputs: { bucket: "noted" }, outputs: {} };
            const by: Sent = {
                ...block(one),
                name: "noted",
                inputs: { ...block(one).inputs, bucket: "noted" },
                outputs: {},
                references: {},
            };
            await pack.judge(named);
            await pack.judge(by);
            assert.deepEqual(await pack.judgeStack([named, by], BLOCKED), []);
        });
    });
});
