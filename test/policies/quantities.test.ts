import assert from "node:assert/strict";
import fc from "fast-check";
import { bytesText, coresText, quantity, whole } from "../../policies/rules/quantities.ts";

describe("a quantity", () => {
    const GIB = 1024n ** 3n * 1_000_000_000n;
    const READ: readonly (readonly [text: string, amount: bigint])[] = [
        ["0", 0n],
        ["1", 1_000_000_000n],
        ["500m", 500_000_000n],
        ["0.5", 500_000_000n],
        [".5", 500_000_000n],
        ["5.", 5_000_000_000n],
        ["1500m", 1_500_000_000n],
        ["100u", 100_000n],
        ["1n", 1n],
        ["0.5n", 1n],
        ["1k", whole(1000)],
        ["1e3", whole(1000)],
        ["1E3", whole(1000)],
        ["1E", whole(10 ** 18)],
        ["25e-1", 2_500_000_000n],
        ["1Gi", GIB],
        ["1024Mi", GIB],
        ["1048576Ki", GIB],
        ["1.5Gi", (GIB * 3n) / 2n],
        ["0.1Gi", 107_374_182_400_000_000n],
        ["-1", -1_000_000_000n],
        ["+2", 2_000_000_000n],
        ["123456789012345678901234567890", 123456789012345678901234567890n * 1_000_000_000n],
    ];
    for (const [text, amount] of READ) {
        it(`reads ${text} exactly`, () => {
            assert.equal(quantity(text), amount);
        });
    }

    for (const text of ["", "m", "1 Gi", "1gi", "1K", "Gi", "1.2.3", "1e", "1mi", "0x1", "."]) {
        it(`does not take ${JSON.stringify(text)} for one`, () => {
            assert.equal(quantity(text), undefined);
        });
    }

    it("is written in the unit in which it is whole", () => {
        const written = ["1Gi", "1.5Gi", "100Mi", "64000000", "1Ti", "3"].map((text) =>
            bytesText(quantity(text)!),
        );
        assert.deepEqual(written, ["1Gi", "1536Mi", "100Mi", "62500Ki", "1Ti", "3"]);
        assert.deepEqual(
            ["2", "5500m", "0.25"].map((text) => coresText(quantity(text)!)),
            ["2", "5500m", "250m"],
        );
    });

    it("adds up without error, however it is written", () => {
        fc.assert(
            fc.property(fc.nat(), fc.nat(), (one, other) => {
                const sum = quantity(`${one}m`)! + quantity(`${other}m`)!;
                assert.equal(sum, quantity(`${one + other}m`));
                assert.equal(quantity(coresText(sum)), sum);
            }),
        );
    });

    it("is read in no time, however long", () => {
        assert.equal(quantity("9".repeat(100_000)), undefined);
    });
});
