import type { Log, Run } from "sarif";
import type { Rule } from "../../../policies/rules/rule.ts";
import { UserError } from "../../lib/user-error.ts";
import type { Plan } from "../model.ts";
import { describeRules } from "./rules.ts";
import { resultsOf } from "./results.ts";

/**
 * What GitHub takes in one upload; more is refused as a whole.
 * See https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning
 */
export const MOST = { runs: 20, results: 25_000 } as const;

const SCHEMA =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/**
 * The findings of stacks in the format of static analysis tools, SARIF 2.1.0: a run for each stack. The same plans give
 * the same bytes.
 *
 * @param plans made with sources, or every finding points at the program's first line
 * @param rules the rules that the stacks were judged by
 */
export function toSarif(plans: readonly Plan[], rules: readonly Rule[]): Log {
    if (plans.length > MOST.runs) {
        throw new UserError(
            `A SARIF file for GitHub holds ${MOST.runs} stacks at most, and here are ${plans.length}. ` +
                "Write one for each stack, with --stack instead of --all.",
            2,
        );
    }
    return { $schema: SCHEMA, version: "2.1.0", runs: plans.map((plan) => runOf(plan, rules)) };
}

function runOf(plan: Plan, rules: readonly Rule[]): Run {
    const described = describeRules(plan, rules);
    const { results, left } = resultsOf(plan, described, MOST.results);
    return {
        tool: { driver: { name: "Guardrails", rules: described } },
        // GitHub tells runs of one tool apart by what stands before the last slash.
        automationDetails: { id: `guardrails/${plan.project}/${plan.stack}/` },
        columnKind: "utf16CodeUnits",
        originalUriBaseIds: { "%SRCROOT%": { description: { text: "The project's folder." } } },
        results,
        properties: { stack: plan.stack, left },
    };
}
