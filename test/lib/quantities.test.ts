import assert from "node:assert/strict";
import fc from "fast-check";
import {
    cpuQuantity,
    gibibytes,
    isMemory,
    memoryQuantity,
    millicores,
} from "../../components/lib/quantities.ts";

describe("millicores", () => {
    it("reads millicores and cores", () => {
        assert.equal(millicores("250m"), 250);
        assert.equal(millicores("2"), 2000);
        assert.equal(millicores("0.5"), 500);
        assert.equal(millicores("1.125"), 1125);
    });

    it("rejects what is no amount of CPU", () => {
        for (const text of ["", "0", "0m", "m", "1.5m", "-1", "1e3", "half", "0.0001"]) {
            assert.equal(millicores(text), undefined, text);
        }
    });
});

describe("cpuQuantity", () => {
    it("writes whole cores as cores and the rest as millicores, as the API server does", () => {
        assert.equal(cpuQuantity("0.5"), "500m");
        assert.equal(cpuQuantity("1000m"), "1");
        assert.equal(cpuQuantity("250m", 2), "500m");
        assert.equal(cpuQuantity("500m", 2), "1");
        assert.equal(cpuQuantity("1.25", 2), "2500m");
    });

    it("is exactly so many times as much, for every amount", () => {
        fc.assert(
            fc.property(
                fc.integer({ min: 1, max: 400_000 }),
                fc.integer({ min: 1, max: 2 }),
                (amount, times) => {
                    assert.equal(millicores(cpuQuantity(`${amount}m`, times)), amount * times);
                },
            ),
        );
    });

    it("rejects what is no amount of CPU", () => {
        assert.throws(() => cpuQuantity("half"), /half is not a CPU quantity/);
    });
});

describe("gibibytes", () => {
    it("reads every binary unit", () => {
        assert.equal(gibibytes("3Gi"), 3);
        assert.equal(gibibytes("512Mi"), 0.5);
        assert.equal(gibibytes("2Ti"), 2048);
    });

    it("rejects what is no amount of memory in binary units", () => {
        for (const text of ["", "0Mi", "256M", "1.5Gi"]) {
            assert.equal(gibibytes(text), undefined, text);
        }
    });
});

describe("memoryQuantity", () => {
    it("writes the largest unit that needs no fraction, as the API server does", () => {
        assert.equal(memoryQuantity("256Mi"), "256Mi");
        assert.equal(memoryQuantity("1024Mi"), "1Gi");
        assert.equal(memoryQuantity("1536Mi"), "1536Mi");
        assert.equal(memoryQuantity("2048Gi"), "2Ti");
    });

    it("rejects what is no amount of memory in binary units", () => {
        for (const text of ["", "0Mi", "256M", "256m", "1.5Gi", "256"]) {
            assert.equal(isMemory(text), false, text);
            assert.throws(() => memoryQuantity(text), /is not an amount of memory/, text);
        }
    });

    it("is the same amount, for every amount", () => {
        const units = ["Ki", "Mi", "Gi", "Ti"];
        const kibibytes = (text: string) =>
            Number.parseInt(text, 10) * 1024 ** units.indexOf(text.slice(-2));
        fc.assert(
            fc.property(
                fc.integer({ min: 1, max: 999_999 }),
                fc.constantFrom(...units),
                (n, unit) => {
                    const text = `${n}${unit}`;
                    assert.equal(kibibytes(memoryQuantity(text)), kibibytes(text));
                },
            ),
        );
    });
});
