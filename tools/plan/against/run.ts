import { randomBytes } from "node:crypto";
import { UserError } from "../../lib/user-error.ts";
import { ROOT } from "../../stack/layout.ts";
import type { Asked } from "../guardrail-files.ts";
import { recordPlan, type PlanOptions, type RecordedPlan } from "../make.ts";
import type { Plan } from "../model.ts";
import { withCheckout, type Checkout } from "./checkout.ts";
import { comparePlans } from "./compare.ts";
import { changedGuardrails, guardrailNotes } from "./guardrails.ts";
import { judgeThere, levelsFile, type JudgeAnswer } from "./guardrails-there.ts";
import type { Comparison } from "./model.ts";
import { otherGuardrails } from "./policy.ts";
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
    /** The levels that the command line asks for. */
    readonly levels: Asked;
    /** True if what changed guardrails let through is accepted. */
    readonly acceptPolicyChanges: boolean;
    /** How the stacks are planned here. */
    readonly plan: Omit<PlanOptions, "stack">;
}

/** A stack of this revision, or why it has no plan. */
export type Headed = (RecordedPlan & { readonly prints: Prints }) | { readonly error: unknown };

/** What became of a stack on both sides. */
export type Compared =
    | { readonly plan: Plan; readonly comparison: Comparison }
    | { readonly plan?: Plan; readonly error: unknown };

/** Plans the stacks here and in another revision at the same time, and compares them. */
export async function compareStacks(options: AgainstOptions): Promise<readonly Compared[]> {
    const { revision, install, stacks } = options;
    const root = options.plan.root ?? ROOT;
    const today = options.plan.today ?? new Date().toISOString().slice(0, 10);
    const key = randomBytes(32).toString("base64url");
    const here = planHeads(stacks, { ...options.plan, root, today }, key);
    const base = await withCheckout(revision, { root, install }, (checkout) =>
        lookThere(checkout, { ...options, root, today, key, here }),
    );
    return Promise.all((await here).map((head, index) => compareOne(head, base, index, options)));
}

/** What is known of the other revision, and of what its guardrails say of this one. */
interface Base extends RevisionAnswers {
    readonly commit: string;
    readonly judged: JudgeAnswer;
}

/** What to look for there, and the plans of this revision, which are being made. */
interface Look extends AgainstOptions {
    readonly root: string;
    readonly today: string;
    readonly key: string;
    readonly here: Promise<readonly Headed[]>;
}

async function lookThere(checkout: Checkout, look: Look): Promise<Base> {
    const { stacks, all, root, today, key, levels, here } = look;
    const { commit } = checkout;
    const asked = stacks.map((stack) => stackElsewhere(stack, root));
    const { policyConfig = {} } = look.plan;
    const request = { stacks: asked, all, today, policyConfig, key };
    const answers = await planRevision(checkout, request);
    const changed = await changedGuardrails(commit, root, levelsFile(levels, root));
    const recorded = (await here).map((head) => ("error" in head ? [] : head.recorded));
    const judged: JudgeAnswer =
        changed.length === 0
            ? { state: "missing" }
            : await judgeThere(checkout, { root, today, levels, stacks: recorded });
    const notes = [...guardrailNotes(changed), ...checkout.notes, ...answers.notes];
    return { answers: answers.answers, commit, judged, notes };
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
            const { plan, recorded } = await recordPlan({ ...options, stack });
            const prints = await printsOf({ ...options, stack }, plan, key);
            heads.push({ plan, recorded, prints });
        } catch (error) {
            // The other stacks are worth showing all the same.
            heads.push({ error });
        }
    }
    return heads;
}

async function compareOne(
    head: Headed,
    { answers, commit, notes, judged }: Base,
    index: number,
    { revision, acceptPolicyChanges }: AgainstOptions,
): Promise<Compared> {
    if ("error" in head) return head;
    const { plan } = head;
    const answer = answers[index] ?? { state: "missing" };
    if (answer.state === "failed") {
        const words = `The plan of ${plan.stack} at ${revision} failed, so there is nothing to compare with:`;
        return { plan, error: new UserError(`${words}\n${answer.reason}`, 2) };
    }
    const guardrails = otherGuardrails(judged, index, plan.findings, acceptPolicyChanges);
    const sides = { head: plan, revision, commit, notes, ...(guardrails && { guardrails }) };
    if (answer.state === "missing") {
        return { plan, comparison: await comparePlans({ ...sides, base: undefined }) };
    }
    const prints = { base: answer.prints, head: head.prints };
    return { plan, comparison: await comparePlans({ ...sides, base: answer.plan, prints }) };
}
