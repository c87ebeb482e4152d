import type { Comparison } from "./against/model.ts";
import { compareStacks } from "./against/run.ts";
import type { Asked } from "./guardrail-files.ts";
import { makePlan, type PlanOptions } from "./make.ts";
import type { Plan } from "./model.ts";

/** What became of a stack that was asked for: a plan, a comparison with it, an error, or the last beside the first. */
export interface Result {
    readonly asked: string;
    readonly plan?: Plan;
    readonly comparison?: Comparison;
    readonly error?: unknown;
}

/** A stack that has a plan. */
export type Planned = Result & { readonly plan: Plan };

/** What to compare every stack with. */
export interface Against {
    readonly revision: string;
    readonly install: boolean;
    /** True if every stack that there is is planned. */
    readonly all: boolean;
    /** The levels that the command line asks for. */
    readonly levels: Asked;
    /** True if what changed guardrails let through is accepted. */
    readonly acceptPolicyChanges: boolean;
}

/** Plans every stack, whatever is wrong with one of them, and compares each if it is asked to. */
export async function planStacks(
    stacks: readonly string[],
    options: Omit<PlanOptions, "stack">,
    against?: Against,
): Promise<readonly Result[]> {
    if (against !== undefined) {
        const results = await compareStacks({ ...against, stacks, plan: options });
        return results.map((result, index) => ({ ...result, asked: stacks[index] ?? "" }));
    }
    const results: Result[] = [];
    for (const asked of stacks) {
        try {
            results.push({ asked, plan: await makePlan({ ...options, stack: asked }) });
        } catch (error) {
            results.push({ asked, error });
        }
    }
    return results;
}

export function isPlanned(result: Result): result is Planned {
    return result.plan !== undefined;
}
