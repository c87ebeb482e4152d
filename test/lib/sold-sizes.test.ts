import assert from "node:assert/strict";
import { describeProblem } from "../../components/lib/problem.ts";
import { soldSizeProblems } from "../../components/lib/sold-sizes.ts";
import type { Gibibytes } from "../../components/lib/units.ts";

const SOLD = { min: 1024, max: 9984, step: 256 };

const problemsOf = (size: Gibibytes, sold = SOLD) =>
    soldSizeProblems("size", size, sold, "a shop").map(describeProblem);

describe("sizes that are sold", () => {
    it("are those from the least to the most, step by step", () => {
        for (const size of ["1024 GiB", "1280 GiB", "9984 GiB"] as const) {
            assert.deepEqual(problemsOf(size), []);
        }
    });

    for (const [size, next] of [
        ["1 GiB", 1024],
        ["1023 GiB", 1024],
        ["1025 GiB", 1280],
        ["9985 GiB", 9984],
        ["20480 GiB", 9984],
    ] as const) {
        it(`are not ${size}, for which there is ${next} GiB`, () => {
            assert.deepEqual(problemsOf(size), [
                `size: ${size} is not a size that a shop can have: 1024 to 9984 GiB in steps of 256 GiB. Write ${next} GiB.`,
            ]);
        });
    }

    it("are told without steps where each GiB is one", () => {
        assert.deepEqual(problemsOf("99 GiB", { min: 100, max: 102_400, step: 1 }), [
            "size: 99 GiB is not a size that a shop can have: 100 to 102400 GiB. Write 100 GiB.",
        ]);
    });
});
