import assert from "node:assert/strict";
import fc from "fast-check";
import { millicores, twiceCpu } from "../../../components/kubernetes/quantities.ts";

describe("millicores", () => {
    it("reads millicores and cores", () => {
        assert.equal(millicores("250m"), 250);
        assert.equal(millicores("2"), 2000);
        assert.equal(millicores("0.5"), 500);
        assert.equal(millicores("1.125"), 1125);
    });

    it("rejects what is no amount of CPU", () => {
        for (const text of ["", "0", "0m", "m", "1.5m", "-1", "1e3", "250", "half", "0.0001"]) {
            assert.equal(millicores(text), text === "250" ? 250_000 : undefined, text);
        }
    });
});

describe("twiceCpu", () => {
    it("writes whole cores as cores, and the rest as millicores", () => {
        assert.equal(twiceCpu("250m"), "500m");
        assert.equal(twiceCpu("500m"), "1");
        assert.equal(twiceCpu("1"), "2");
        assert.equal(twiceCpu("1.25"), "2500m");
    });

    it("is exactly twice as much, for every amount", () => {
        fc.assert(
            fc.property(fc.integer({ min: 1, max: 1_000_000 }), (amount) => {
                assert.equal(millicores(twiceCpu(`${amount}m`)), amount * 2);
            }),
        );
    });
});
