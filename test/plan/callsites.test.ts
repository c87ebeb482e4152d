import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { readStack } from "../../tools/offline/callsites.ts";
import { ROOT } from "../../tools/stack/layout.ts";
import { wholePlan } from "./support.ts";

describe("the place where the program makes a resource", () => {
    it("is read of frames with a name and without, in modules of both kinds", () => {
        const stack = [
            "Error",
            "    at new Vpc (/srv/a (b)/vpc.js:1:2)",
            "    at file:///srv/network.ts:34:5",
            "    at Array.map (<anonymous>)",
            "    at async file:///srv/site.ts:6:7",
            "    at async Promise.all (index 0)",
            "    at Object.run [as again] (file:///srv/index.ts:8:9)",
            "    at node:internal/main:10:11",
            "    at /srv/a (b)/main.js:12:13",
        ];
        assert.deepEqual(readStack(stack.join("\n")), [
            { file: "/srv/a (b)/vpc.js", line: 1, column: 2 },
            { file: "file:///srv/network.ts", line: 34, column: 5 },
            {},
            { file: "file:///srv/site.ts", line: 6, column: 7 },
            {},
            { file: "file:///srv/index.ts", line: 8, column: 9 },
            {},
            { file: "/srv/a (b)/main.js", line: 12, column: 13 },
        ]);
    });

    it("is the line with the call of its class, for every resource of prod", async () => {
        const { resources } = await wholePlan("prod");
        const elsewhere: string[] = [];
        for (const { urn, source } of resources) {
            const { file = "", line = 0 } = source ?? {};
            const lines = (await readFile(join(ROOT, file), "utf8")).split("\n");
            if (!/\bnew /.test(lines[line - 1] ?? "")) elsewhere.push(`${urn} ${file}:${line}`);
        }
        assert.deepEqual(elsewhere, []);
    });
});
