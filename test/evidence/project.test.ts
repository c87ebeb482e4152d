import assert from "node:assert/strict";
import { frameworks } from "../../policies/frameworks/index.ts";
import { evidenceOf } from "../../tools/evidence/evidence.ts";
import type { Plan } from "../../tools/plan/model.ts";
import { wholePlan } from "../plan/support.ts";

for (const stack of ["dev", "prod"]) {
    describe(`the evidence about ${stack}`, () => {
        let plan: Plan;
        before(async function () {
            this.timeout(120_000);
            plan = await wholePlan(stack);
        });

        it("counts every finding once, whatever the framework", () => {
            for (const framework of frameworks) {
                const { rules, elsewhere } = evidenceOf(plan, framework);
                const behind = rules.reduce((sum, { findings }) => sum + findings.length, 0);
                assert.equal(behind + elsewhere.length, plan.findings.length, framework.name);
            }
        });

        it("names as many resources that keep a rule as the plan counts", () => {
            const results = new Map(plan.rules.map((result) => [result.rule, result]));
            for (const framework of frameworks.filter(({ cloud }) => cloud === undefined)) {
                for (const { rule, kept, reason } of evidenceOf(plan, framework).rules) {
                    if (reason !== "") continue;
                    assert.equal(kept.length, results.get(rule)?.kept, `${framework.name} ${rule}`);
                }
            }
        });

        it("passes no benchmark of a cloud that the stack does not use", () => {
            const used = new Set(plan.sites.map(({ cloud }) => cloud));
            for (const framework of frameworks) {
                if (framework.cloud === undefined || used.has(framework.cloud)) continue;
                const { together } = evidenceOf(plan, framework).summary;
                assert.equal(together.score.of, 0, framework.name);
            }
        });
    });
}
