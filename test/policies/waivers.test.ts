import assert from "node:assert/strict";
import { copyFile, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { rules } from "../../policies/rules/index.ts";
import type { Resource } from "../../policies/rules/rule.ts";
import { normalise } from "../../policies/runtime/normalise.ts";
import { Value } from "../../policies/runtime/reader.ts";
import { readWaivers } from "../../policies/runtime/waiver-file.ts";
import { siteOf, WaiverRun, type Selector, type Waiver } from "../../policies/runtime/waivers.ts";
import { ruleOf } from "./judge.ts";
import { RunningPack, type Sent } from "./pack.ts";

const TODAY = "2026-11-21";
const PUBLIC = ruleOf("db-no-public-access");
const ID = PUBLIC.id;

function waiver(select: Selector, expires = "2026-12-31"): Waiver {
    return { rule: ID, select, owner: "data@example.com", reason: "A test.", expires };
}

const token = "azure-native:dbforpostgresql/v20250801:Server";
const urn = `urn:pulumi:prod::platform::platform:azure:Site$platform:azure:Database$${token}::app-prod-azure-main`;
const resource: Resource = {
    type: normalise(token),
    token,
    urn,
    name: "app-prod-azure-main",
    inputs: new Value({ tags: { team: "analytics" } }),
    protect: false,
    provider: "azure",
    providerUrn: undefined,
};

describe("a file of waivers", () => {
    const read = (text: string) => readWaivers(text, rules, "waivers.yaml", TODAY);
    const problems = (text: string): readonly string[] => {
        try {
            read(text);
        } catch (error) {
            return (error as Error).message.split("\n");
        }
        return [];
    };

    it("may be empty", () => {
        assert.deepEqual(read("waivers: []"), []);
        assert.deepEqual(read(""), []);
    });

    it("says which findings who answers for until when", () => {
        const text = [
            "waivers:",
            `  - rule: ${ID}`,
            "    select: { type: 'aws:rds/*', tag: { team: analytics } }",
            "    owner: data@example.com",
            "    reason: Rebuilt within an hour.",
            "    expires: 2027-03-31",
        ].join("\n");
        assert.deepEqual(read(text), [
            {
                rule: ID,
                select: { type: "aws:rds/*", tag: { team: "analytics" } },
                owner: "data@example.com",
                reason: "Rebuilt within an hour.",
                expires: "2027-03-31",
            },
        ]);
    });

    it("is refused with every problem at once", () => {
        const text = JSON.stringify({
            waivers: [
                { rule: "no-such", select: {}, owner: " ", expires: "2027-02-30", until: 1 },
                { rule: ID, select: { name: 5, kind: "x", tag: [] }, owner: "a", reason: "b" },
                "all of them",
            ],
        });
        assert.deepEqual(problems(text), [
            "waivers.yaml: waivers[0].until is unknown. Allowed are rule, select, owner, reason, expires.",
            'waivers.yaml: waivers[0].rule is "no-such"; name a rule of docs/policies.md by its id.',
            'waivers.yaml: waivers[0].owner is " "; write who answers, and why.',
            "waivers.yaml: waivers[0].reason is missing; write who answers, and why.",
            'waivers.yaml: waivers[0].expires is "2027-02-30"; give the last day, as 2027-03-31.',
            "waivers.yaml: waivers[0].select selects nothing in particular; give type, name, site or tag. To leave a rule out altogether, set its level.",
            "waivers.yaml: waivers[1].expires is missing; give the last day, as 2027-03-31.",
            "waivers.yaml: waivers[1].select.kind is unknown. Allowed are type, name, site, stack, tag.",
            "waivers.yaml: waivers[1].select.name is 5; write a pattern.",
            "waivers.yaml: waivers[1].select.tag is []; write a map of tags to patterns.",
            "waivers.yaml: waivers[2] is not a map. Give it rule, select, owner, reason, expires.",
        ]);
    });

    it("is refused if a waiver holds for longer than a year", () => {
        const until = (expires: string) =>
            problems(JSON.stringify({ waivers: [waiver({ name: "main" }, expires)] }));
        assert.deepEqual(until("2027-11-22"), []);
        assert.deepEqual(until("2027-11-23"), [
            'waivers.yaml: waivers[0].expires is "2027-11-23", more than 366 days ahead; give 2027-11-22 or an earlier day, and look at it again by then.',
        ]);
        assert.deepEqual(until("2020-01-01"), []);
    });

    it("is refused if it selects whatever there is", () => {
        const everything = [{ name: "*" }, { type: "*", site: "**" }, { tag: {}, stack: "prod" }];
        for (const select of everything) {
            const [problem, ...others] = problems(JSON.stringify({ waivers: [waiver(select)] }));
            assert.match(problem ?? "", /select selects nothing in particular/);
            assert.deepEqual(others, []);
        }
        for (const select of [{ name: "*", type: "aws:*" }, { tag: { team: "*" } }]) {
            assert.deepEqual(problems(JSON.stringify({ waivers: [waiver(select)] })), []);
        }
    });

    it("is refused if it is no YAML, or holds something else", () => {
        assert.match(problems("waivers: [")[0]!, /^waivers\.yaml: /);
        assert.deepEqual(problems("waivers: all"), [
            'waivers.yaml: holds no list "waivers". Write "waivers: []" for none.',
        ]);
    });
});

describe("a waiver", () => {
    const site = "app-prod-azure";
    const found = (select: Selector, expires?: string) =>
        new WaiverRun([waiver(select, expires)], TODAY).find(PUBLIC, { resource, site });

    const fitting: readonly Selector[] = [
        { name: "app-prod-azure-main" },
        { name: "app-*-main" },
        { type: "azure-native:dbforpostgresql:Server" },
        { type: token },
        { site: "azure" },
        { site: "app-prod-azure" },
        { tag: { team: "analytics" } },
        { tag: { team: "*" }, stack: "prod", type: "azure-native:*", name: "*", site: "*" },
    ];
    for (const select of fitting) {
        it(`fits ${JSON.stringify(select)}`, () => {
            assert.equal(found(select)?.rule, ID);
        });
    }

    const missing: readonly Selector[] = [
        { name: "app-prod-azure" },
        { type: "azure-native:dbforpostgresql" },
        { site: "aws" },
        { site: "zure" },
        { tag: { team: "analytics", owner: "*" } },
        { name: "*", stack: "dev" },
    ];
    for (const select of missing) {
        it(`does not fit ${JSON.stringify(select)}`, () => {
            assert.equal(found(select), undefined);
        });
    }

    it("holds on its last day, and no longer", () => {
        assert.ok(found({ name: "*" }, TODAY));
        assert.equal(found({ name: "*" }, "2026-11-20"), undefined);
    });

    it("is for one rule", () => {
        const run = new WaiverRun([waiver({ name: "*" })], TODAY);
        const other = ruleOf("db-no-world-firewall");
        assert.equal(run.find(other, { resource, site }), undefined);
    });

    it("is told to be expired where its finding is back, and to be unused where there is none", () => {
        const run = new WaiverRun(
            [
                waiver({ name: "*" }, "2026-11-20"),
                waiver({ name: "other" }),
                waiver({ name: "other", stack: "dev" }),
                waiver({ site: "azure" }),
            ],
            TODAY,
        );
        run.find(PUBLIC, { resource, site });
        assert.deepEqual(
            run.findings("prod").map(({ rule, message }) => [rule.id, message]),
            [
                ["waiver-expired", `the waiver of ${ID} by data@example.com held until 2026-11-20`],
                ["waiver-unused", `the waiver of ${ID} by data@example.com fits no finding`],
            ],
        );
    });
});

describe("the site of a resource", () => {
    it("is the component above it, however deep it stands", () => {
        const top = "urn:pulumi:prod::platform::platform:azure:Site::app-prod-azure";
        const middle =
            "urn:pulumi:prod::platform::platform:azure:Site$platform:azure:Database::app-prod-azure-main";
        const parents = new Map([
            [urn, middle],
            [middle, top],
        ]);
        assert.equal(
            siteOf(urn, (child) => parents.get(child) ?? ""),
            "app-prod-azure",
        );
        assert.equal(
            siteOf(top, () => ""),
            undefined,
        );
    });
});

describe("waivers in a running pack", () => {
    // The pack goes by the day on which the tests run.
    const SOON = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);
    let folder: string;

    beforeEach(async () => {
        folder = await mkdtemp(join(tmpdir(), "pack-"));
        const pack = new URL("../../policies/platform/pack.ts", import.meta.url);
        await writeFile(join(folder, "package.json"), '{"version":"1.0.0","type":"module"}');
        await writeFile(join(folder, "index.js"), `void import(${JSON.stringify(pack.href)});`);
    });
    afterEach(() => rm(folder, { recursive: true }));

    const open = (name: string): Sent => ({
        type: "aws:rds/instance:Instance",
        name,
        inputs: { publiclyAccessible: true },
    });

    it("turn a finding into advice that says who answers for it, and are told when unused", async () => {
        const lines = (name: string) =>
            `  - {rule: ${ID}, select: {name: ${name}}, owner: me, reason: "A test.", expires: "${SOON}"}`;
        const text = `waivers:\n${lines("reports")}\n${lines("nobody")}\n`;
        await writeFile(join(folder, "waivers.yaml"), text);
        const pack = await RunningPack.start(folder);
        try {
            const [waived] = await pack.judge(open("reports"), ID);
            assert.equal(waived?.level, "advisory");
            assert.match(
                waived.message,
                new RegExp(`^Waived until ${SOON} by me: A test\\.$`, "m"),
            );
            assert.match(waived.message, /^publiclyAccessible: /m);
            const [other] = await pack.judge(open("shop"), ID);
            assert.equal(other?.level, "mandatory");
            assert.doesNotMatch(other.message, /Waived/);
            const unused = await pack.judgeStack([open("reports")], "waiver-unused");
            assert.equal(unused.length, 1);
            assert.equal(unused[0]?.level, "advisory");
        } finally {
            pack.stop();
        }
    });

    it("keep a resource from being mended that somebody answers for", async () => {
        const rule = "kms-rotation";
        const text = `waivers: [{rule: ${rule}, select: {name: old}, owner: me, reason: "A test.", expires: "${SOON}"}]`;
        await writeFile(join(folder, "waivers.yaml"), text);
        const pack = await RunningPack.start(folder);
        const key = (name: string): Sent => ({
            type: "aws:kms/key:Key",
            name,
            inputs: { enableKeyRotation: false },
        });
        try {
            await pack.configure({ [rule]: "remediate" });
            assert.deepEqual(await pack.remediate(key("old")), []);
            assert.equal((await pack.remediate(key("new"))).length, 1);
        } finally {
            pack.stop();
        }
    });

    it("stand in one file: a second one ends the pack", async () => {
        await writeFile(join(folder, "waivers.yaml"), "waivers: []");
        const inner = join(folder, "inner");
        await mkdir(inner);
        for (const name of ["package.json", "index.js", "waivers.yaml"]) {
            await copyFile(join(folder, name), join(inner, name));
        }
        await assert.rejects(RunningPack.start(inner), /did not start/);
    });

    it("end the pack with every problem if the file is wrong", async () => {
        await writeFile(join(folder, "waivers.yaml"), "waivers: [{rule: none}]");
        await assert.rejects(RunningPack.start(folder), /did not start/);
    });
});
