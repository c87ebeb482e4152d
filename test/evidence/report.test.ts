import assert from "node:assert/strict";
import { briefReport, fullReport } from "../../tools/evidence/show/report.ts";
import { evidence, frameworkOf, ruleFor, thing } from "./support.ts";

describe("the report of evidence", () => {
    it("says what every state means", () => {
        const found = evidence([], { rules: [], framework: frameworkOf("1") });
        for (const blocks of [fullReport(found, false), briefReport([found])]) {
            const at = blocks.findIndex(
                (one) => one.kind === "heading" && one.text === "What the states mean",
            );
            const legend = blocks[at + 1];
            assert.ok(legend?.kind === "table");
            assert.deepEqual(
                legend.rows.map(([state]) => state),
                ["pass", "fail", "unknown", "waived", "not applicable", "not covered"],
            );
            assert.ok(legend.rows.every(([, means = ""]) => means.endsWith(".")));
        }
    });

    it("gives in one line the score of the states beside it, and those of both bases", () => {
        const rules = [
            ruleFor("kept", ["1", "2"]),
            ruleFor("broken", [], { analogies: { "PCI DSS": ["2", "3"] } }),
        ];
        const found = evidence([thing("a", { broken: true })], {
            rules,
            framework: frameworkOf("1", "2", "3"),
        });
        const overview = briefReport([found]).find(({ kind }) => kind === "table");
        assert.ok(overview?.kind === "table");
        const [row = []] = overview.rows;
        const cells = overview.head.map((head, column) => `${head}: ${row[column] ?? ""}`);
        assert.deepEqual(cells.slice(2), [
            "pass: 1",
            "fail: 2",
            "unknown: 0",
            "waived: 0",
            "not applicable: 0",
            "not covered: 0",
            "score: 33.3 %",
            "by mapping: 100 %",
            "by analogy: 0 %",
        ]);
    });

    it("says each remedy once, below the findings that it is for", () => {
        const other = "aws:other/thing:Thing";
        const [own, elsewhere] = [ruleFor("open", []), ruleFor("open", ["1"], { type: other })];
        const rule = {
            ...elsewhere,
            remediation: { "aws:test": "Shut it.", "aws:other": "Lock it." },
            checks: { ...own.checks, ...elsewhere.checks },
        };
        const bad = [thing("a", { open: true }), thing("b", { open: true }, other)];
        const found = evidence([...bad, thing("c", { open: true })], {
            rules: [rule],
            framework: frameworkOf("1"),
        });
        const lines = fullReport(found, true).flatMap((block) =>
            block.kind === "list" ? block.items : block.kind === "text" ? [block.text] : [],
        );
        assert.deepEqual(
            lines.filter((line) => /^fail|^Remedy/.test(line)),
            [
                "fail: other Thing b: open: is on",
                "Remedy: Lock it. https://example.com/a_b",
                "fail: test Thing a: open: is on",
                "fail: test Thing c: open: is on",
                "Remedy: Shut it. https://example.com/a_b",
            ],
        );
    });
});
