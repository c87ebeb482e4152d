import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { profiles } from "../../policies/profiles/profiles.ts";
import { rules } from "../../policies/rules/index.ts";
import { rulesCommand } from "../../tools/rules/command.ts";
import { generatedFiles } from "../../tools/rules/generated.ts";
import { Paper } from "../support/paper.ts";

const HINT = "is stale: run npm run rules";

async function run(...args: string[]): Promise<{ code: number; text: string; errors: string }> {
    const [out, errors] = [new Paper(), new Paper()];
    const code = await rulesCommand(args, out, errors);
    return { code, text: out.text, errors: errors.text };
}

describe("what is generated from the rules", () => {
    it("is what the rules say today", async () => {
        const files = await generatedFiles();
        assert.equal(files.length, 1 + profiles.length);
        for (const { path, text } of files) {
            const kept = await readFile(new URL(`../../${path}`, import.meta.url), "utf8");
            assert.ok(kept === text, `${path} ${HINT}`);
        }
        assert.equal((await run("--check")).code, 0);
    });

    it("names options of profiles that rules have", () => {
        for (const { name, options } of profiles) {
            for (const [id, given] of Object.entries(options)) {
                const rule = rules.find((candidate) => candidate.id === id);
                assert.ok(rule, `${name} names ${id}`);
                const known = Object.keys(rule.options?.properties ?? {});
                for (const option of Object.keys(given)) {
                    assert.ok(known.includes(option), `${name}: ${id} has no option ${option}`);
                }
            }
        }
    });

    it("makes mandatory in a profile what the framework is mapped to", async () => {
        const file = new URL("../../policies/profiles/pci.json", import.meta.url);
        const pci = JSON.parse(await readFile(file, "utf8")) as Record<string, unknown>;
        assert.equal(pci["db-no-public-access"], "mandatory");
        assert.deepEqual(pci["db-backup-retention"], { enforcementLevel: "mandatory", days: 35 });
        for (const rule of rules.filter(({ requirements }) => requirements["PCI DSS"])) {
            const level = pci[rule.id] as string | { enforcementLevel: string };
            assert.equal(typeof level === "string" ? level : level.enforcementLevel, "mandatory");
        }
    });
});

describe("npm run rules", () => {
    it("explains a rule", async () => {
        const { code, text } = await run("--explain", "db-no-public-access");
        assert.equal(code, 0);
        assert.match(text, /^Rule {9}db-no-public-access \(critical, mandatory; pack security\)$/m);
        assert.match(text, /^Holds if {5}A database has no public address\.$/m);
        assert.match(text, /^Serves {7}PCI DSS 1\.4\.1, 1\.4\.2; HIPAA .*GDPR \(32\)/m);
    });

    it("names the closest rule to one that it does not know", async () => {
        assert.deepEqual(await run("--explain", "db-no-public-acces"), {
            code: 2,
            text: "",
            errors: "There is no rule db-no-public-acces. Did you mean db-no-public-access? docs/policies.md lists all.\n",
        });
    });

    it("names the closest rule where no other holds the words", async () => {
        const { errors } = await run("--explain", "db-no-pubic-access");
        assert.match(errors, /Did you mean db-no-public-access\?/);
    });

    it("names the rules that hold the words given", async () => {
        const { errors } = await run("--explain", "db-public");
        assert.match(errors, /Did you mean db-no-public-access\?/);
    });

    it("prints no skeleton for a rule that has its examples", async () => {
        const { text } = await run("--skeleton", "db-no-public-access");
        assert.equal(text, "db-no-public-access has all its examples.\n");
    });

    it("refuses unknown options", async () => {
        const { code, text, errors } = await run("--explian", "x");
        assert.deepEqual([code, text], [2, ""]);
        assert.match(errors, /npm run rules -- --help/);
    });
});
