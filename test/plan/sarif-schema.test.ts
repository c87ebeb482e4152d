import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv from "ajv-draft-04";
import addFormats from "ajv-formats";
import type { Log } from "sarif";
import { rules } from "../../policies/rules/index.ts";
import { waiverRules } from "../../policies/runtime/waivers.ts";
import { toSarif } from "../../tools/plan/sarif/log.ts";
import { ROOT } from "../../tools/stack/layout.ts";
import { wholePlan } from "./support.ts";

const FOLDER = join(ROOT, "tools", "workflows");
const MODULE = "github.com/owenrumney/go-sarif/v3";

/** The schema of OASIS, which a Go module that tools/workflows/go.mod pins carries as a text. */
function readSchema(): object {
    const go = (...args: string[]) =>
        execFileSync("go", args, { cwd: FOLDER, encoding: "utf8", stdio: "pipe" });
    const { Dir } = JSON.parse(go("mod", "download", "-json", MODULE)) as { Dir: string };
    const source = readFileSync(join(Dir, "pkg/report/v210/sarif/schema.go"), "utf8");
    const [, text] = source.split("`");
    assert.ok(text, `${MODULE} holds no schema where it was`);
    return JSON.parse(text) as object;
}

describe("the schema of SARIF 2.1.0", () => {
    let validate: (log: unknown) => string;
    before(function () {
        // npm has no package with the schema. `.ci/run` fails without Go, so this cannot go unnoticed for long.
        if (spawnSync("go", ["version"]).status !== 0) this.skip();
        const ajv = new Ajv.default({ strict: false, allErrors: true });
        addFormats.default(ajv);
        const check = ajv.compile(readSchema());
        validate = (log) => (check(log) ? "" : ajv.errorsText(check.errors));
    });

    let log: Log;
    before(async () => {
        const plans = ["dev", "prod"].map((stack) => wholePlan(stack));
        log = toSarif(await Promise.all(plans), [...rules, ...waiverRules]);
    });

    it("takes what is written of the platform's stacks", () => {
        assert.equal(validate(log), "");
    });

    it("refuses what it does not know, so that the check can fail", () => {
        assert.match(validate({ ...log, version: "2.0.0" }), /version/);
        const [run] = log.runs;
        assert.match(validate({ ...log, runs: [{ ...run, result: [] }] }), /additional properties/);
    });
});
