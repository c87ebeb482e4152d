import assert from "node:assert/strict";
import { stripVTControlCharacters } from "node:util";
import { parse } from "../../components/settings/parse.ts";
import { growthOf, manyApplications, type Sample } from "../../tools/bench/applications.ts";
import { keeps, tell } from "../../tools/bench/figure.ts";

const sample = (applications: number, time: number, memory: number): Sample => {
    return { applications, time, memory, resources: 1000 };
};

describe("the bench of applications", () => {
    it("plans as many as it is asked for, of settings that are right", () => {
        for (const count of [0, 3]) {
            const raw = Object.fromEntries(
                Object.entries(manyApplications(count))
                    .filter(([key]) => key.startsWith("platform:"))
                    .map(([key, value]) => [key.slice("platform:".length), value]),
            );
            const { settings, problems } = parse(raw, { today: new Date("2026-11-21") });
            assert.deepEqual(problems, undefined);
            const sizes = settings?.sites.map(
                ({ applications }) => Object.keys(applications).length,
            );
            assert.deepEqual(sizes, [count, count, count]);
        }
    });

    it("compares an application among many with one among few", () => {
        // The sites alone take 2 s: 3 s for 10 applications, 30 s for 100.
        const [time, memory] = growthOf([
            sample(0, 2, 400),
            sample(10, 5, 500),
            sample(100, 32, 2500),
        ]);
        assert.ok(time && memory);
        assert.deepEqual(
            [time, memory].map(({ value }) => Number(value.toFixed(3))),
            [1, 0.5],
        );
        assert.equal(memory.detail, "0: 400 MB, 10: 500 MB, 100: 2500 MB; above none 2.10 ×");
        const [slow] = growthOf([sample(0, 2, 400), sample(10, 5, 500), sample(100, 36, 2500)]);
        assert.ok(keeps(time) && slow && !keeps(slow));
        assert.match(stripVTControlCharacters(tell(slow)[0] ?? ""), /^broken .*: 1\.13 ×/);
    });
});
