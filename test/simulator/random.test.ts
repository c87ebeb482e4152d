import assert from "node:assert/strict";

import fc from "fast-check";

import { StatelessCloud } from "../../simulator/stateless.ts";
import { Store } from "../../simulator/store.ts";
import type { Properties } from "../../simulator/table.ts";
import { random } from "../../simulator/types/random.ts";

const store = Store.open(":memory:", "seed");
const cloud = new StatelessCloud(random, store, { account: "", region: "" });

function make(kind: string, inputs: Properties) {
    const type = `random:index/random${kind}:Random${kind}`;
    const address = { type, urn: `urn:pulumi:dev::test::${type}::x` };
    const checked = cloud.check(address, inputs, undefined);
    assert.deepEqual(checked.refusals, []);
    return cloud.create(address, { inputs: checked.inputs, secrets: [] }).instance;
}

describe("simulated random provider", () => {
    it("makes passwords of the wanted length with enough of each class, from the given specials", () => {
        const least = fc.integer({ min: 0, max: 4 });
        const classes = fc.record({
            minLower: least,
            minUpper: least,
            minNumeric: least,
            minSpecial: least,
        });
        fc.assert(
            fc.property(fc.integer({ min: 16, max: 64 }), classes, (length, minimums) => {
                const inputs = { length, ...minimums, overrideSpecial: "-_.~" };
                const result = String(make("Password", inputs).outputs["result"]);
                assert.equal(result.length, length);
                assert.match(result, /^[A-Za-z0-9\-_.~]+$/);
                const count = (pattern: RegExp) => result.match(pattern)?.length ?? 0;
                assert.ok(count(/[a-z]/g) >= minimums.minLower);
                assert.ok(count(/[A-Z]/g) >= minimums.minUpper);
                assert.ok(count(/[0-9]/g) >= minimums.minNumeric);
                assert.ok(count(/[-_.~]/g) >= minimums.minSpecial);
            }),
            { numRuns: 30 },
        );
    });

    it("leaves classes out that are switched off", () => {
        const inputs = { length: 40, special: false, upper: false };
        assert.match(String(make("String", inputs).outputs["result"]), /^[a-z0-9]{40}$/);
    });

    it("makes another one each time, and keeps it over updates", () => {
        const first = make("Password", { length: 20 });
        const second = make("Password", { length: 20 });
        assert.notEqual(first.outputs["result"], second.outputs["result"]);
        const updated = cloud.update(first, { inputs: first.inputs, secrets: [] }, first);
        assert.equal(updated.instance.outputs["result"], first.outputs["result"]);
        const extra = { ...first, inputs: { ...first.inputs, keepers: { a: "b" } } };
        const before = { ...extra, outputs: { ...first.outputs, keepers: { a: "b" } } };
        const without = cloud.update(extra, { inputs: first.inputs, secrets: [] }, before);
        assert.deepEqual(without.instance.outputs, first.outputs);
    });

    it("puts nothing into the world, and reads back what the state says", () => {
        const made = make("Password", { length: 20 });
        assert.deepEqual(store.instances(), []);
        const read = cloud.read(made, { ...made, secrets: [] });
        assert.deepEqual(read?.outputs, made.outputs);
        assert.equal(cloud.delete(), undefined);
    });

    it("keeps passwords secret, and texts not", () => {
        const secrets = (kind: string) =>
            cloud.secretOutputs(`random:index/random${kind}:Random${kind}`, []);
        assert.deepEqual(secrets("Password"), [["result"], ["bcryptHash"]]);
        assert.deepEqual(secrets("String"), []);
    });

    it("makes ids, pets and UUIDs in their own forms", () => {
        const id = make("Id", { byteLength: 4, prefix: "p-" });
        assert.match(String(id.outputs["hex"]), /^p-[0-9a-f]{8}$/);
        assert.equal(
            id.outputs["dec"],
            `p-${Number.parseInt(String(id.outputs["hex"]).slice(2), 16)}`,
        );
        assert.match(make("Pet", { prefix: "x", length: 3 }).id, /^x(-[a-z]+){3}$/);
        const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
        assert.match(make("Uuid", {}).id, uuid);
    });

    it("replaces for a new length or new keepers", () => {
        const type = "random:index/randomPassword:RandomPassword";
        const replaced = (news: Properties) =>
            cloud
                .diff({ type, urn: "u", id: "none" }, { length: 20 }, news)
                .every(({ replaces }) => replaces);
        assert.equal(replaced({ length: 21 }), true);
        assert.equal(replaced({ length: 20, keepers: { a: "b" } }), true);
    });

    it("rejects a length below the sum of the minimums", () => {
        const type = "random:index/randomPassword:RandomPassword";
        const urn = `urn:pulumi:dev::test::${type}::x`;
        const { refusals } = cloud.check({ type, urn }, { length: 3, minLower: 4 }, undefined);
        assert.match(String(refusals[0]?.reason), /at least the sum of the minimums \(4\), got: 3/);
    });
});
