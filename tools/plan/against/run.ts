import { randomBytes } from "node:crypto";
import { UserError } from "../../lib/user-error.ts";
import { ROOT } from "../../stack/layout.ts";
import { makePlan, type PlanOptions } from "../make.ts";
import type { Plan } from "../model.ts";
import { withCheckout } from "./checkout.ts";
import { comparePlans } from "./compare.ts";
import { guardrailNotes } from "./guardrails.ts";
import type { Comparison } from "./model.ts";
import { printsOf, type Prints } from "./prints.ts";
import { planRevision, stackElsewhere, type RevisionAnswers } from "./revision.ts";

/** What to compare with. */
export interface AgainstOptions {
    readonly revision: string;
    /** True to install the packages that the other revision names. */
    readonly install: boolean;
    readonly stacks: readonly string[];
    /** True if these are all stacks that there are. */
    readonly all: boolean;
    /** How the stacks are planned here. */
    readonly plan: Omit<PlanOptions, "stack">;
}

/** A stack of this revision, or why it has no plan. */
export type Headed = { readonly plan: Plan; readonly prints: Prints } | { readonly error: unknown };

/** What became of a stack on both sides. */
export type Compared =
    | { readonly plan: Plan; readonly comparison: Comparison }
    | { readonly plan?: Plan; readonly error: unknown };

/** Plans the stacks here and in another revision at the same time, and compares them. */
export async function compareStacks(options: AgainstOptions): Promise<readonly Compared[]> {
    const { revision, install, stacks, all, plan } = options;
    const root = plan.root ?? ROOT;
    const today = plan.today ?? new Date().toISOString().slice(0, 10);
    const key = randomBytes(32).toString("base64url");
    const { policyConfig = {} } = plan;
    const there = withCheckout(revision, { root, install }, async (checkout) => {
        const asked = stacks.map((stack) => stackElsewhere(stack, root));
        const request = { stacks: asked, all, today, policyConfig, key };
        const answers = await planRevision(checkout, request);
        return {
            ...answers,
            commit: checkout.commit,
            notes: [
                ...(await guardrailNotes(checkout.commit, root)),
                ...checkout.notes,
                ...answers.notes,
            ],
        };
    });
    const [base, heads] = await Promise.all([
        there,
        planHeads(stacks, { ...plan, root, today }, key),
    ]);
    return Promise.all(heads.map((head, index) => compareOne(head, base, index, revision)));
}

/** One after the other, as the SDK runs one program at a time. */
async function planHeads(
    stacks: readonly string[],
    options: Omit<PlanOptions, "stack">,
    key: string,
): Promise<readonly Headed[]> {
    const heads: Headed[] = [];
    for (const stack of stacks) {
        try {
            const plan = await makePlan({ ...options, stack });
            heads.push({ plan, prints: await printsOf({ ...options, stack }, plan, key) });
        } catch (error) {
            // The other stacks are worth showing all the same.
            heads.push({ error });
        }
    }
    return heads;
}

async function compareOne(
    head: Headed,
    { answers, commit, notes }: RevisionAnswers & { readonly commit: string },
    index: number,
    revision: string,
): Promise<Compared> {
    if ("error" in head) return head;
    const { plan } = head;
    const answer = answers[index] ?? { state: "missing" };
    if (answer.state === "failed") {
        const words = `The plan of ${plan.stack} at ${revision} failed, so there is nothing to compare with:`;
        return { plan, error: new UserError(`${words}\n${answer.reason}`, 2) };
    }
    const sides = { head: plan, revision, commit, notes };
    if (answer.state === "missing") {
        return { plan, comparison: await comparePlans({ ...sides, base: undefined }) };
    }
    const prints = { base: answer.prints, head: head.prints };
    return { plan, comparison: await comparePlans({ ...sides, base: answer.plan, prints }) };
}
