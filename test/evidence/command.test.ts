import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Waiver } from "../../policies/runtime/waivers.ts";
import { evidenceCommand } from "../../tools/evidence/command.ts";
import type { Evidence } from "../../tools/evidence/model.ts";
import { network, withProject } from "../plan/support.ts";
import { exportOf, HIDDEN, ruleFor, thing, TODAY, waiverOf } from "./support.ts";

const RULES = [
    ruleFor("open", ["1.3.1"]),
    ruleFor("loud", ["2.2.7"], { severity: "low", analogies: { "PCI DSS": ["2.2.4"] } }),
    ruleFor("stray", [], { severity: "medium" }),
    ruleFor("needy", ["3.2.1"], { needs: "allowed" }),
];

async function command(
    args: readonly string[],
    waivers: readonly Waiver[] = [],
): Promise<{ code: number; text: string }> {
    let text = "";
    const screen = { columns: 120, write: (chunk: string) => (text += chunk) };
    const code = await evidenceCommand(args, screen, { today: TODAY, rules: RULES, waivers });
    return { code, text };
}

/** Runs the command over a state that is gone after the test. */
async function over(
    resources: readonly object[],
    args: readonly string[] = ["--framework", "pci"],
    waivers: readonly Waiver[] = [],
): Promise<{ code: number; text: string }> {
    return inFolder(async (folder) => {
        const file = join(folder, "state.json");
        await writeFile(file, exportOf(...resources));
        return command(["--state", file, ...args], waivers);
    });
}

async function inFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
    const folder = await mkdtemp(join(tmpdir(), "evidence-"));
    try {
        return await use(folder);
    } finally {
        await rm(folder, { recursive: true, force: true });
    }
}

const BAD = [thing("good"), thing("bad", { open: true, stray: true })];

describe("npm run evidence", () => {
    it("ends with 0 if nothing critical or mandatory stands behind a failed control", async () => {
        const { code, text } = await over([thing("one", { loud: true, stray: true })]);
        assert.equal(code, 0);
        assert.match(text, /│ 2\.2\.4 +│ .* │ not covered │ fail +│ \(analogy\) loud: fail 1 /);
        assert.match(text, /│ 2\.2\.7 +│ .* │ fail +│ not covered +│ loud: fail 1 /);
        assert.match(text, /│ stray +│ medium +│ +1 │ +0 │ +0 │/);
        assert.match(text, /- needy: not configured: it needs the option allowed\n/);
        assert.match(text, /Score: pass \/ \(pass \+ fail \+ unknown\);/);
    });

    it("ends with 1 if there is such a finding, and with 0 once it is waived", async () => {
        const { code, text } = await over(BAD);
        assert.equal(code, 1);
        assert.match(text, /Next {2}Critical or mandatory findings stand behind failed controls\./);
        const waived = await over(BAD, ["--framework", "pci"], [waiverOf("open")]);
        assert.equal(waived.code, 0);
        assert.match(waived.text, /│ 1\.3\.1 +│ .* │ waived /);
    });

    it("never says that a standard is met", async () => {
        const { text } = await over([thing("good")], ["--framework", "pci", "--details"]);
        assert.doesNotMatch(text, /complian|certified|conform/i);
        assert.match(text, /leads for an auditor/);
    });

    it("shows every control and every finding with --details", async () => {
        const { text } = await over(BAD, ["--framework", "pci", "--details"]);
        assert.match(text, /│ 1\.2\.3 .*│ not covered │ not covered/);
        assert.match(text, /open \(high, mandatory\): The rule open is kept\.\n/);
        assert.match(text, /- fail: test Thing bad: open: is on\n/);
        assert.match(text, /Remedy: Turn it off\. https:\/\/example\.com\/a_b\n/);
    });

    it("shows all frameworks in one line each unless one is asked for", async () => {
        const { text } = await over(BAD, []);
        assert.match(text, /│ soc2 +│/);
        assert.match(text, /│ pci +│ PCI DSS 4\.0\.1 +│/);
        assert.match(
            text,
            /Next {2}.*The controls of one: npm run evidence -- --state .* --framework soc2\n$/,
        );
    });

    it("repeats the profile in what to do next", async () => {
        const { text } = await over(BAD, [
            "--profile",
            "pci",
            "--framework",
            "cis-eks",
            "--framework",
            "pci",
        ]);
        assert.match(text, /: npm run evidence -- --profile pci --state .* --framework pci\n$/);
    });

    it("takes the frameworks of a profile", async () => {
        const { text } = await over(BAD, ["--profile", "cis", "--json", "-"]);
        const names = (JSON.parse(text) as Evidence[]).map(({ framework }) => framework.name);
        assert.deepEqual(names, [
            ...["cis-eks", "cis-aks", "cis-gke", "cis-aws", "cis-azure", "cis-gcp"],
        ]);
    });

    it("writes JSON and Markdown, the same each time and without secrets", async () => {
        await inFolder(async (folder) => {
            const [json, markdown] = [join(folder, "e.json"), join(folder, "e.md")];
            const args = ["--framework", "pci", "--json", json, "--markdown", markdown];
            const secret = {
                [HIDDEN]: "plain",
                key: {
                    "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
                    plaintext: HIDDEN,
                },
            };
            const odd = thing("a|b*c", { open: true, ...secret });
            const files: string[] = [];
            for (let round = 0; round < 2; round++) {
                const { text } = await over([odd], args);
                assert.match(text, new RegExp(`Written: ${json}\nWritten: ${markdown}\n$`));
                files.push((await readFile(json, "utf8")) + (await readFile(markdown, "utf8")));
            }
            assert.equal(files[0], files[1]);
            assert.doesNotMatch(files[0] ?? "", new RegExp(HIDDEN));
            const [first] = JSON.parse(await readFile(json, "utf8")) as Evidence[];
            assert.equal(first?.day, TODAY);
            assert.equal(first.source, "state");
            const report = await readFile(markdown, "utf8");
            assert.match(report, /^# PCI DSS 4\.0\.1: small\n/);
            assert.match(report, /\| CRITICAL \| 0 \| 0 \| 0 \| 0 \| 0 \| 0 \|/);
            assert.match(report, /- fail: test Thing a\\\|b\\\*c: open: is on\n/);
            assert.match(report, /<https:\/\/example\.com\/a_b>/);
        });
    });

    it("judges what a program would register", async () => {
        await withProject({ small: "config: {}\n" }, async (root) => {
            let text = "";
            const screen = { write: (chunk: string) => (text += chunk) };
            const around = { root, program: network, today: TODAY, rules: RULES, waivers: [] };
            const args = ["--stack", "small", "--framework", "pci"];
            assert.equal(await evidenceCommand(args, screen, around), 0);
            assert.match(text, /^PCI DSS 4\.0\.1: small\n/);
            assert.match(text, /what the program would register/);
        });
    });

    it("shows its options", async () => {
        const { code, text } = await command(["--help"]);
        assert.equal(code, 0);
        assert.match(text, /^npm run evidence -- \[options\]\n/);
    });

    for (const [args, message] of [
        [["--framework", "iso"], 'There is no framework "iso". There are: soc2, pci,'],
        [["--profile", "baseline"], "The profile baseline is about no framework. Name some by"],
        [["--profile", "none"], 'There is no profile "none". There are: baseline, cis,'],
        [["--state", "nowhere.json"], "There is no file nowhere.json to read a state from."],
        [["--state", "package.json"], "package.json is no state of a stack."],
        [["--state", "x", "--stack", "dev"], "--state and --stack cannot go together."],
        [["--json", "-", "--markdown", "-"], "Only one of --json and --markdown can go to"],
        [["--frame", "pci"], "Unknown option '--frame'"],
    ] as const) {
        it(`ends with 2 on ${args.join(" ")}`, async () => {
            const { code, text } = await command(args);
            assert.equal(code, 2);
            assert.ok(text.startsWith(message), text);
        });
    }
});
