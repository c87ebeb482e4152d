import assert from "node:assert/strict";
import { rules } from "../../policies/rules/index.ts";
import { levelOf, type Rule } from "../../policies/rules/rule.ts";
import { Judge } from "../../policies/runtime/judge.ts";
import { Settings } from "../../policies/runtime/settings.ts";
import { wholeStack } from "../support/stacks.ts";
import { assertFound, Mutable } from "./mutate.ts";
import { mutations } from "./mutations/index.ts";
import type { Mutation } from "./mutations/mutation.ts";

const TODAY = "2026-11-21";

function judgeWith(options: Mutation["options"] = {}): Judge {
    return new Judge(rules, { settings: new Settings(rules, options), today: TODAY });
}

describe("the rules on the platform's own stacks", function () {
    const judge = judgeWith();
    let prod: Mutable;
    /** What prod has without any mutation: advisory findings that stand for reasons. */
    let standing: readonly string[];

    before(async () => {
        prod = new Mutable((await wholeStack("prod")).resources);
        standing = prod.findings(judge);
    });

    for (const stack of ["dev", "prod"]) {
        for (const preview of [true, false]) {
            it(`find nothing mandatory in ${stack}, ${preview ? "while it is previewed" : "once everything is known"}`, async () => {
                const { resources } = await wholeStack(stack, { preview });
                assert.ok(resources.length > 50);
                const mandatory = (rule: Rule) => levelOf(rule) === "mandatory";
                assert.deepEqual(new Mutable(resources).findings(judge, mandatory), []);
            });
        }
    }

    for (const mutation of mutations) {
        const { rule, title } = mutation;
        it(`find by ${rule}, and by nothing else, that ${title}`, () => {
            const own = mutation.options ? judgeWith(mutation.options) : judge;
            const before = mutation.options ? prod.findings(own) : standing;
            assertFound(prod.findingsAfter(own, mutation, before), mutation);
        });
    }

    it("are each broken by at least one mutation", () => {
        const broken = new Set(mutations.map(({ rule }) => rule));
        const whole = rules.map(({ id }) => id).filter((id) => !broken.has(id));
        assert.deepEqual(whole, []);
    });
});
