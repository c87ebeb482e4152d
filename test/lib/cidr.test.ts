import assert from "node:assert/strict";
import fc from "fast-check";
import type { Cidr } from "../../components/lib/cidr.ts";
import {
    contains,
    hostIn,
    isCidr,
    networkOf,
    overlaps,
    prefixOf,
    sizeOf,
    subnet,
} from "../../components/lib/cidr.ts";

const blocks = fc
    .tuple(fc.integer({ min: 0, max: 2 ** 32 - 1 }), fc.integer({ min: 0, max: 32 }))
    .map(([address, prefix]): Cidr => {
        const first = address - (address % 2 ** (32 - prefix));
        const bytes = [24, 16, 8, 0].map((shift) => Math.floor(first / 2 ** shift) % 256);
        return `${bytes.join(".")}/${prefix}`;
    });

describe("lib/cidr", () => {
    it("reads blocks whose host bits are zero, from /0 to /32", () => {
        for (const text of [
            "0.0.0.0/0",
            "128.0.0.0/1",
            "10.0.0.0/8",
            "10.0.0.2/31",
            "1.2.3.4/32",
        ]) {
            assert.equal(isCidr(text), true, text);
        }
    });

    it("rejects what is no block", () => {
        const bad = [
            "",
            "10.0.0.0",
            "10.0.0.0/",
            "10.0.0.0/33",
            "10.0.0.0/016",
            "10.0.0.0/-1",
            "10.0.0/16",
            "256.0.0.0/8",
            "010.0.0.0/8",
            "10.0.0.1/8",
            " 10.0.0.0/8",
            "::/0",
            "10.0.0.0/8\n",
        ];
        for (const text of bad) assert.equal(isCidr(text), false, JSON.stringify(text));
    });

    it("finds the block that an address lies in", () => {
        assert.equal(networkOf("10.0.3.7/16"), "10.0.0.0/16");
        assert.equal(networkOf("255.255.255.255/1"), "128.0.0.0/1");
        assert.equal(networkOf("10.0.3.7/0"), "0.0.0.0/0");
        assert.equal(networkOf("10.0.3.300/16"), undefined);
    });

    it("counts addresses exactly at both ends", () => {
        assert.deepEqual(
            (["0.0.0.0/0", "128.0.0.0/1", "10.0.0.2/31", "1.2.3.4/32"] as const).map(sizeOf),
            [4_294_967_296, 2_147_483_648, 2, 1],
        );
        assert.equal(prefixOf("0.0.0.0/0"), 0);
    });

    it("tells blocks that share addresses from neighbours", () => {
        assert.equal(overlaps("10.0.0.0/16", "10.0.255.0/24"), true);
        assert.equal(overlaps("10.0.255.0/24", "10.0.0.0/16"), true);
        assert.equal(overlaps("10.0.0.0/16", "10.1.0.0/16"), false);
        assert.equal(overlaps("0.0.0.0/1", "128.0.0.0/1"), false);
        assert.equal(overlaps("0.0.0.0/0", "255.255.255.255/32"), true);
    });

    it("tells the outer block from the inner one", () => {
        assert.equal(contains("10.0.0.0/8", "10.255.0.0/16"), true);
        assert.equal(contains("10.255.0.0/16", "10.0.0.0/8"), false);
        assert.equal(contains("1.2.3.4/32", "1.2.3.4/32"), true);
    });

    it("derives subnets and hosts", () => {
        assert.equal(subnet("10.20.0.0/16", 20, 2), "10.20.32.0/20");
        assert.equal(subnet("0.0.0.0/0", 1, 1), "128.0.0.0/1");
        assert.equal(subnet("0.0.0.0/0", 32, 2 ** 32 - 1), "255.255.255.255/32");
        assert.equal(subnet("1.2.3.4/32", 32, 0), "1.2.3.4/32");
        assert.equal(hostIn("10.20.0.0/16", 256), "10.20.1.0");
        assert.equal(hostIn("0.0.0.0/0", 2 ** 32 - 1), "255.255.255.255");
    });

    it("rejects subnets and hosts that a block does not have", () => {
        assert.throws(() => subnet("10.0.0.0/16", 15, 0), RangeError);
        assert.throws(() => subnet("10.0.0.0/16", 33, 0), RangeError);
        assert.throws(() => subnet("10.0.0.0/16", 17, 2), /no \/17 block number 2/);
        assert.throws(() => subnet("10.0.0.0/16", 17, 0.5), RangeError);
        assert.throws(() => hostIn("10.0.0.0/31", 2), /no address number 2/);
        assert.throws(() => hostIn("10.0.0.0/31", -1), RangeError);
    });

    it("divides any block into parts that fill it and never overlap", () => {
        fc.assert(
            fc.property(blocks, fc.integer({ min: 0, max: 3 }), (block, more) => {
                const prefix = Math.min(32, prefixOf(block) + more);
                const count = 2 ** (prefix - prefixOf(block));
                const parts = Array.from({ length: count }, (_, index) =>
                    subnet(block, prefix, index),
                );
                assert.equal(
                    parts.reduce((sum, part) => sum + sizeOf(part), 0),
                    sizeOf(block),
                );
                for (const [index, part] of parts.entries()) {
                    assert.ok(isCidr(part) && contains(block, part));
                    assert.ok(parts.slice(0, index).every((other) => !overlaps(part, other)));
                }
            }),
        );
    });
});
