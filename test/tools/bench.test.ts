import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { stripVTControlCharacters } from "node:util";
import { CHAINS, longestChain } from "../../tools/bench/chains.ts";
import { keeps, render, tell } from "../../tools/bench/figure.ts";
import { manySites } from "../../tools/bench/growth.ts";
import { measure, median } from "../../tools/bench/process.ts";

describe("the bench", () => {
    it("takes the longest chain, and counts a type as often as it stands in it", () => {
        const found = longestChain((type) => (type === "aws:eks/addon:Addon" ? 1000 : 1));
        assert.deepEqual(found, {
            name: "aws: network, control plane, nodes, workload",
            seconds: 2000 + CHAINS["aws: network, control plane, nodes, workload"]!.length - 2,
        });
    });

    it("rejects a chain with a type that was never created, as it would count for nothing", () => {
        assert.throws(
            () => longestChain((type) => (type === "gcp:sql/user:User" ? undefined : 1)),
            /^Error: No gcp:sql\/user:User was created, so "gcp: network, database, workload" has no length\.$/,
        );
    });

    it("lets a figure break its limit, also one that could not be measured", () => {
        const figure = { name: "", unit: "×" as const, detail: "", limit: 1.1 };
        assert.deepEqual(
            [1.1, 1.11, NaN].map((value) => keeps({ ...figure, value })),
            [true, false, false],
        );
        const told = tell({ ...figure, name: "start", value: 1.5, detail: "3 s against 2 s" });
        assert.deepEqual(told.map(stripVTControlCharacters), [
            "broken  start: 1.50 × (at most 1.10 ×)",
            "        3 s against 2 s",
        ]);
        assert.equal(render(NaN, "MB"), "not measured");
        assert.equal(render(1.234, "×"), "1.23 ×");
    });

    it("tells a mistake where errors go, and nothing where figures go", () => {
        const script = fileURLToPath(new URL("../../tools/bench.ts", import.meta.url));
        const options = { encoding: "utf8" } as const;
        const ended = spawnSync(process.execPath, [script, "--only", "nothing"], options);
        assert.deepEqual([ended.status, ended.stdout], [2, ""]);
        assert.match(
            ended.stderr,
            /^There is no group of figures "nothing"\. There are: start, loaded, /,
        );
    });

    it("makes as many sites as it is asked for, each with its own addresses", () => {
        const sites = manySites(30)["platform:sites"] as Record<
            string,
            { network: { cidr: string } }
        >;
        assert.equal(new Set(Object.values(sites).map(({ network }) => network.cidr)).size, 30);
    });

    it("measures a command from outside and returns what it said", async () => {
        const cost = await measure("/bin/sh", ["-c", "echo said; exit 3"]);
        assert.deepEqual([cost.output, cost.code], ["said\n", 3]);
        assert.equal(median([3, 1, 2]), 2);
    });
});
