import assert from "node:assert/strict";
import { waiverUnused } from "../../policies/runtime/waivers.ts";
import type { Around } from "./support.ts";
import { evidence, frameworkOf, ruleFor, states, thing, waiverOf } from "./support.ts";

/** The state of the only control under one rule. */
function stateOf(resources: readonly object[], around: Partial<Around> = {}): string {
    const rules = around.rules ?? [ruleFor("open", ["1"])];
    const found = evidence(resources, { rules, framework: frameworkOf("1"), ...around });
    return states(found)["1"] ?? "";
}

describe("the state of a control", () => {
    it("is fail if a rule behind it is broken anywhere", () => {
        assert.equal(stateOf([thing("good"), thing("bad", { open: true })]), "fail");
    });

    it("is unknown if a rule cannot tell", () => {
        assert.equal(stateOf([thing("good"), thing("odd", { open: ["?"] })]), "unknown");
    });

    it("is waived if what is broken is waived", () => {
        const waivers = [waiverOf("open")];
        assert.equal(stateOf([thing("bad", { open: true }), thing("good")], { waivers }), "waived");
    });

    it("is fail again once the waiver has expired", () => {
        const waivers = [{ ...waiverOf("open"), expires: "2026-11-20" }];
        assert.equal(stateOf([thing("bad", { open: true })], { waivers }), "fail");
    });

    it("is pass if something was judged and nothing found", () => {
        assert.equal(stateOf([thing("good")]), "pass");
    });

    it("is not applicable if there is nothing to judge", () => {
        assert.equal(stateOf([]), "not-applicable");
    });

    it("is not covered without a rule, and never passes", () => {
        assert.equal(stateOf([thing("good")], { rules: [ruleFor("open", ["2"])] }), "not-covered");
    });

    it("is not applicable under a rule for production in another stack", () => {
        const rules = [ruleFor("open", ["1"], { production: true })];
        assert.equal(stateOf([thing("bad", { open: true })], { rules }), "not-applicable");
        const policyConfig = { open: { stacks: ["small"] } };
        assert.equal(stateOf([thing("bad", { open: true })], { rules, policyConfig }), "fail");
    });

    it("is unknown under a rule that lacks its option, and says which", () => {
        const rules = [ruleFor("open", ["1"], { needs: "allowed" })];
        const framework = frameworkOf("1");
        const without = evidence([thing("good")], { rules, framework });
        assert.equal(states(without)["1"], "unknown");
        assert.equal(without.rules[0]?.reason, "not configured: it needs the option allowed");
        const policyConfig = { open: { allowed: ["eu"] } };
        assert.equal(stateOf([thing("good")], { rules, policyConfig }), "pass");
        assert.equal(stateOf([], { rules }), "not-applicable");
    });

    it("is unknown under a rule that is disabled, unless it would judge nothing", () => {
        const policyConfig = { open: "disabled" } as const;
        assert.equal(stateOf([thing("bad", { open: true })], { policyConfig }), "unknown");
        assert.equal(stateOf([], { policyConfig }), "not-applicable");
    });

    it("is the worst of its rules", () => {
        const rules = [ruleFor("a", ["1"]), ruleFor("b", ["1"]), ruleFor("c", ["1"])];
        assert.equal(stateOf([thing("one", { b: ["?"] })], { rules }), "unknown");
        assert.equal(stateOf([thing("one", { b: ["?"], c: true })], { rules }), "fail");
    });

    it("is told apart by mapping and by analogy", () => {
        const rules = [
            ruleFor("mapped", ["1"]),
            ruleFor("alike", [], { analogies: { "PCI DSS": ["1", "2"] } }),
        ];
        const framework = frameworkOf("1", "2");
        const found = evidence([thing("one", { alike: true })], { rules, framework });
        assert.deepEqual(
            states(found, ({ byMapping }) => byMapping.state),
            { 1: "pass", 2: "not-covered" },
        );
        assert.deepEqual(
            states(found, ({ byAnalogy }) => byAnalogy.state),
            { 1: "fail", 2: "fail" },
        );
        assert.deepEqual(states(found), { 1: "fail", 2: "fail" });
        assert.deepEqual(found.controls[0]?.byMapping.rules, ["mapped"]);
        assert.deepEqual(found.controls[0]?.byAnalogy.rules, ["alike"]);
    });
});

describe("the sums of evidence", () => {
    const rules = [
        ruleFor("kept", ["1", "2"]),
        ruleFor("broken", ["3"], { severity: "critical" }),
        ruleFor("unclear", ["4"], { severity: "low" }),
        ruleFor("excused", ["5"]),
        ruleFor("absent", ["6"], { type: "aws:test/other:Other" }),
        ruleFor("unrelated", [], { severity: "medium" }),
    ];
    const framework = frameworkOf("1", "2", "3", "4", "5", "6", "7");
    const found = evidence(
        [
            thing("one", { broken: true, unrelated: true }),
            thing("two", { unclear: ["?"], excused: true, unrelated: true }),
        ],
        { rules, framework, waivers: [waiverOf("excused")] },
    );
    const { summary } = found;

    it("give the score by a formula that they state", () => {
        assert.deepEqual(summary.byMapping, {
            controls: {
                ...{ fail: 1, unknown: 1, waived: 1, pass: 2 },
                ...{ "not-applicable": 1, "not-covered": 1 },
            },
            score: {
                passed: 2,
                of: 4,
                formula:
                    "pass / (pass + fail + unknown); waived, not applicable and not covered controls count for neither side",
                percent: 50,
            },
        });
        assert.deepEqual(summary.together, summary.byMapping);
    });

    it("give no score where nothing was judged", () => {
        assert.deepEqual(Object.keys(summary.byAnalogy.score), ["passed", "of", "formula"]);
        assert.equal(summary.byAnalogy.controls["not-covered"], 7);
    });

    it("round down, so that 100 means all", () => {
        const ids = Array.from({ length: 2001 }, (_, index) => String(index));
        const many = [ruleFor("kept", ids.slice(1)), ruleFor("broken", ids.slice(0, 1))];
        const almost = evidence([thing("one", { broken: true })], {
            rules: many,
            framework: frameworkOf(...ids),
        });
        assert.equal(almost.summary.byMapping.score.percent, 99.9);
    });

    it("count every finding once: behind the controls or elsewhere", () => {
        assert.deepEqual(summary.findings, {
            critical: { fail: 1, unknown: 0, waived: 0 },
            high: { fail: 0, unknown: 0, waived: 1 },
            medium: { fail: 0, unknown: 0, waived: 0 },
            low: { fail: 0, unknown: 1, waived: 0 },
        });
        assert.equal(summary.elsewhere.medium.fail, 2);
        assert.deepEqual(
            found.elsewhere.map(({ rule, state, path }) => [rule, state, path]),
            [
                ["unrelated", "fail", "unrelated"],
                ["unrelated", "fail", "unrelated"],
            ],
        );
    });

    it("count as blocking what is critical or mandatory", () => {
        assert.equal(summary.blocking, 1);
        const policyConfig = { broken: "advisory", kept: "advisory" } as const;
        const resources = [thing("one", { broken: true, kept: true })];
        const { blocking } = evidence(resources, { rules, framework, policyConfig }).summary;
        assert.equal(blocking, 1);
    });
});

describe("evidence", () => {
    const rules = [ruleFor("open", ["1"])];
    const framework = frameworkOf("1");
    const resources = [thing("good"), thing("bad", { open: true })];

    it("names the resources that keep a rule, and those that break it with the remedy", () => {
        const [rule] = evidence(resources, { rules, framework }).rules;
        assert.deepEqual(rule, {
            rule: "open",
            title: "The rule open is kept.",
            severity: "high",
            level: "mandatory",
            state: "fail",
            reason: "",
            kept: ["urn:pulumi:small::tiny::aws:test/thing:Thing::good"],
            see: "https://example.com/a_b",
            findings: [
                {
                    state: "fail",
                    urn: "urn:pulumi:small::tiny::aws:test/thing:Thing::bad",
                    path: "open",
                    message: "is on",
                    remediation: "Turn it off.",
                },
            ],
        });
    });

    it("says under which waiver a finding stands", () => {
        const waivers = [waiverOf("open")];
        const [rule] = evidence(resources, { rules, framework, waivers }).rules;
        assert.deepEqual(rule?.findings[0]?.waiver, {
            owner: "ops",
            reason: "It ends soon.",
            expires: "2027-01-01",
        });
    });

    it("counts findings about the stack as a whole", () => {
        const waivers = [waiverOf("idle")];
        const both = [...rules, ruleFor("idle", ["1"]), waiverUnused];
        const found = evidence(resources, { rules: both, framework, waivers });
        assert.deepEqual(
            found.elsewhere.map(({ rule, urn }) => [rule, urn]),
            [["waiver-unused", ""]],
        );
    });

    it("is the same each time, as JSON too", () => {
        const once = evidence(resources, { rules, framework });
        assert.equal(
            JSON.stringify(once),
            JSON.stringify(evidence(resources, { rules, framework })),
        );
        assert.deepEqual(JSON.parse(JSON.stringify(once)), once);
    });
});
