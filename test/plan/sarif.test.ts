import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { SecurityGroup } from "@pulumi/aws/ec2/securityGroup.js";
import { Provider } from "@pulumi/aws/provider.js";
import type { Log, Result } from "sarif";
import { rules as allRules } from "../../policies/rules/index.ts";
import { waiverRules, type Waiver } from "../../policies/runtime/waivers.ts";
import { makePlan } from "../../tools/plan/make.ts";
import type { Finding, Plan } from "../../tools/plan/model.ts";
import { MOST, toSarif } from "../../tools/plan/sarif/log.ts";
import { toCodeQuality, type Issue } from "../../tools/plan/sarif/quality.ts";
import { ROOT } from "../../tools/stack/layout.ts";
import { HIDDEN, network, plan, RULES, TODAY, wholePlan, withProject } from "./support.ts";

const ALL = [...allRules, ...waiverRules];
const TINY = [...RULES, ...waiverRules];

const WAIVER: Waiver = {
    rule: "test-no-ingress",
    select: { name: "careless" },
    owner: "network@example.com",
    reason: "It is a test.",
    expires: "2027-01-31",
};

/** Breaks a mandatory rule twice. */
function careless(): Record<string, unknown> {
    const provider = new Provider("careless", { region: "eu-central-1" });
    const open = { fromPort: 22, toPort: 22, protocol: "tcp", cidrBlocks: ["0.0.0.0/0"] };
    new SecurityGroup("careless", { ingress: [open, open] }, { provider });
    return {};
}

function planTiny(
    program: () => unknown,
    waivers: readonly Waiver[] = [],
    rules = RULES,
): Promise<Plan> {
    return withProject({ small: "config: {}\n" }, (root) =>
        makePlan({ root, stack: "small", program, waivers, rules, today: TODAY }),
    );
}

function resultsOf(log: Log): readonly Result[] {
    return log.runs.flatMap(({ results }) => results ?? []);
}

/** A plan of one resource with that many findings, every other of which stops nothing. */
function crowded(tiny: Plan, count: number): Plan {
    const [finding] = tiny.findings;
    assert.ok(finding);
    const findings = Array.from({ length: count }, (_, index): Finding => {
        const level = index % 2 === 0 ? "advisory" : "mandatory";
        return { ...finding, level, path: `ingress[${index}]` };
    });
    return { ...tiny, findings };
}

describe("npm run plan -- --sarif", () => {
    let platform: readonly Plan[];
    before(async () => {
        platform = await Promise.all(["dev", "prod"].map((stack) => wholePlan(stack)));
    });

    it("points each finding at a line of the program that is there, and at how it got there", async () => {
        const results = resultsOf(toSarif(platform, ALL));
        assert.equal(results.length, platform.flatMap(({ findings }) => findings).length);
        for (const { locations = [], relatedLocations = [] } of results) {
            assert.equal(locations.length, 1);
            assert.ok(relatedLocations.length > 0);
            for (const { physicalLocation } of [...locations, ...relatedLocations]) {
                const { uri = "", uriBaseId } = physicalLocation?.artifactLocation ?? {};
                assert.equal(uriBaseId, "%SRCROOT%");
                const lines = (await readFile(join(ROOT, uri), "utf8")).split("\n");
                assert.match(lines[(physicalLocation?.region?.startLine ?? 0) - 1] ?? "", /\S/);
            }
        }
    });

    it("names each rule once in a run, with help, and refers to it by its index", () => {
        for (const { tool, results = [] } of toSarif(platform, ALL).runs) {
            const rules = tool.driver.rules ?? [];
            assert.equal(new Set(rules.map(({ id }) => id)).size, rules.length);
            for (const { id, help, properties } of rules) {
                assert.match(
                    help?.markdown ?? "",
                    /\*\*What to do:?\*\*\s.+\*\*Read on:\*\* <http/s,
                );
                assert.ok((properties?.tags ?? []).length <= 20, id);
            }
            for (const { ruleId, ruleIndex = -1 } of results) {
                assert.equal(rules[ruleIndex]?.id, ruleId);
            }
        }
    });

    it("weighs what is broken by GitHub's scale, and gives no score to what is unknown", () => {
        const weights = new Map(
            toSarif(platform, ALL)
                .runs.flatMap(({ tool }) => tool.driver.rules ?? [])
                .map(({ id, properties }) => [id, properties]),
        );
        for (const { id, severity, pack } of allRules) {
            const score = Number(weights.get(id)?.["security-severity"]);
            if (!weights.has(id)) continue;
            if (pack !== "security") assert.ok(Number.isNaN(score), id);
            else if (severity === "critical") assert.ok(score >= 9, id);
            else if (severity === "high") assert.ok(score >= 7 && score < 9, id);
            else if (severity === "medium") assert.ok(score >= 4 && score < 7, id);
            else assert.ok(score > 0 && score < 4, id);
        }
        const unknown = [...weights].filter(([id]) => id.endsWith("/unknown"));
        assert.ok(unknown.length > 0);
        for (const [, properties] of unknown) {
            assert.equal(properties?.["security-severity"], undefined);
            assert.ok(!properties?.tags?.includes("security"));
        }
    });

    it("says what to do on the resource's own cloud, and in a rule's help on all", async () => {
        const remediation = { aws: "Shut it.", gcp: "Lock it." };
        const rules = RULES.map((rule) => ({ ...rule, remediation }));
        const log = toSarif([await planTiny(careless, [], rules)], rules);
        for (const { message } of resultsOf(log)) assert.match(message.text ?? "", /\. Shut it\.$/);
        const help = log.runs[0]?.tool.driver.rules?.[0]?.help;
        assert.match(help?.text ?? "", /^AWS: Shut it\.\nGoogle Cloud: Lock it\.$/m);
        assert.match(help?.markdown ?? "", /\*\*What to do\*\*\n\n- AWS: Shut it\.\n- Google/);
    });

    it("tells mandatory, advisory and unknown apart by level", async () => {
        const broken = await planTiny(careless);
        const levels = (all: Plan) => resultsOf(toSarif([all], TINY)).map(({ level }) => level);
        assert.deepEqual(levels(broken), ["error", "error"]);
        const findings = broken.findings.map((one) => ({ ...one, level: "advisory" as const }));
        assert.deepEqual(levels({ ...broken, findings }), ["warning", "warning"]);
        assert.deepEqual(levels(await planTiny(network)), ["note"]);
    });

    it("suppresses what is waived, and says who answers for it", async () => {
        const waived = toSarif([await planTiny(careless, [WAIVER])], TINY);
        const [result, ...others] = resultsOf(waived);
        assert.equal(result?.ruleId, "test-no-ingress/waived");
        assert.equal(result.level, "note");
        assert.deepEqual(result.suppressions, [
            {
                kind: "external",
                status: "accepted",
                justification: "It is a test. (network@example.com, until 2027-01-31)",
                properties: { owner: "network@example.com", expires: "2027-01-31" },
            },
        ]);
        assert.equal(others.length, 1);
    });

    it("points at index.ts without sources, and at a file where no resource is the matter", async () => {
        const files = (all: Plan) =>
            resultsOf(toSarif([all], TINY)).map(
                ({ locations }) => locations?.[0]?.physicalLocation?.artifactLocation?.uri,
            );
        const broken = await planTiny(careless);
        assert.deepEqual(files(broken), ["index.ts", "index.ts"]);
        const [finding] = broken.findings;
        assert.ok(finding);
        const onStack = { ...broken, findings: [{ ...finding, urn: "" }] };
        assert.deepEqual(files(onStack), ["Pulumi.small.yaml"]);
        const expired = await planTiny(network, [{ ...WAIVER, expires: "2026-01-31" }]);
        assert.ok(files(expired).includes("policies/waivers.yaml"));
    });

    it("keeps a finding's fingerprint when its line and words change, and gives each its own", async () => {
        const prints = (all: Plan) =>
            resultsOf(toSarif([all], TINY)).map(({ partialFingerprints }) => partialFingerprints);
        const before = await planTiny(careless);
        const source = { file: "components/moved.ts", line: 99, callers: [] };
        const after: Plan = {
            ...before,
            resources: before.resources.map((one) => ({ ...one, source })),
            findings: before.findings.map((one) => ({ ...one, message: "in other words" })),
        };
        assert.deepEqual(prints(after), prints(before));
        const samePlace = before.findings.map((one) => ({ ...one, path: "ingress" }));
        const all = [
            ...prints(before),
            ...prints({ ...before, findings: samePlace }),
            ...prints({ ...before, findings: samePlace.map((one) => ({ ...one, urn: "" })) }),
        ];
        assert.equal(new Set(all.map((one) => one?.["primaryLocationLineHash"])).size, 6);
    });

    it("names a run for each stack, by what GitHub takes as its category", () => {
        assert.deepEqual(
            toSarif(platform, ALL).runs.map(({ automationDetails }) => automationDetails?.id),
            ["guardrails/platform/dev/", "guardrails/platform/prod/"],
        );
    });

    it("leaves out the mildest where GitHub takes no more, and says how many", async () => {
        const tiny = await planTiny(careless);
        const [run] = toSarif([crowded(tiny, MOST.results + 10)], TINY).runs;
        assert.equal(run?.results?.length, MOST.results);
        assert.equal(run.properties?.["left"], 10);
        const errors = run.results.filter(({ level }) => level === "error");
        assert.equal(errors.length, MOST.results / 2 + 5);
    });

    it("refuses more stacks than GitHub takes runs", async () => {
        const tiny = await planTiny(network);
        assert.equal(toSarif(new Array<Plan>(20).fill(tiny), TINY).runs.length, 20);
        assert.throws(
            () => toSarif(new Array<Plan>(21).fill(tiny), TINY),
            /20 stacks at most, and here are 21\. .*--stack/,
        );
    });

    it("writes the same bytes each time, and no secret", async () => {
        await withProject({ a: "", b: "" }, async (root) => {
            const file = join(root, "plan.sarif");
            const write = async () => {
                const { code, text } = await plan(["--all", "--sarif", file], {
                    root,
                    program: network,
                });
                assert.equal(code, 0, text);
                assert.match(text, new RegExp(`\nWritten: ${file}\n$`));
                return readFile(file, "utf8");
            };
            const first = await write();
            assert.equal(await write(), first);
            assert.ok(first.includes('"version": "2.1.0"') && !first.includes(HIDDEN));
            assert.ok(!first.includes(root));
        });
    });
});

describe("npm run plan -- --code-quality", () => {
    it("lists what is not waived, weighs it, and gives each row a print of its own", async () => {
        const rows = toCodeQuality(toSarif([await planTiny(careless, [])], TINY));
        assert.deepEqual(
            rows.map(({ check_name, severity, location }) => [check_name, severity, location]),
            Array.from({ length: 2 }, () => [
                "test-no-ingress",
                "blocker",
                { path: "index.ts", lines: { begin: 1 } },
            ]),
        );
        assert.equal(new Set(rows.map(({ fingerprint }) => fingerprint)).size, 2);
        assert.deepEqual(
            toCodeQuality(toSarif([await planTiny(network)], TINY))[0]?.severity,
            "info",
        );
        const waived = await planTiny(careless, [WAIVER]);
        assert.deepEqual(toCodeQuality(toSarif([waived], TINY)), []);
    });

    it("is written beside SARIF", async () => {
        await withProject({ small: "" }, async (root) => {
            const file = join(root, "quality.json");
            const args = ["--stack", "small", "--code-quality", file];
            const { text } = await plan(args, { root, program: careless });
            assert.match(text, new RegExp(`\nWritten: ${file}\n$`));
            const rows = JSON.parse(await readFile(file, "utf8")) as readonly Issue[];
            assert.deepEqual(
                rows.map(({ severity }) => severity),
                ["blocker", "blocker"],
            );
        });
    });
});

describe("the program's paths", () => {
    it("are written as URIs", async () => {
        const tiny = await planTiny(careless);
        const source = { file: "made here/100%.ts", line: 3, callers: [] };
        const resources = tiny.resources.map((one) => ({ ...one, source }));
        const [result] = resultsOf(toSarif([{ ...tiny, resources }], TINY));
        const uri = result?.locations?.[0]?.physicalLocation?.artifactLocation?.uri;
        assert.equal(uri, "made%20here/100%25.ts");
    });
});
