import { existsSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { reasonOf } from "../../lib/trace.ts";
import { findStack, stacksIn } from "../../stack/files.ts";
import type { SettingsReader } from "../configuration.ts";
import { readWaiverFile } from "../guardrail-files.ts";
import { makePlan, type PlanOptions } from "../make.ts";
import { printsOf } from "./prints.ts";
import type { RevisionAnswer, RevisionAnswers, RevisionRequest } from "./revision.ts";

/** Plans stacks of the revision in a folder. */
export async function planStacks(request: RevisionRequest): Promise<RevisionAnswers> {
    const notes: string[] = [];
    const reader = await readerIn(request.root).catch(() => undefined);
    if (reader === undefined) {
        notes.push(
            "The other revision cannot show its settings, so that its stack file was read as this revision would.",
        );
    }
    // A waiver there may name a rule that is no longer here.
    const waivers = await readWaiverFile(request.root, request.today).catch(() => undefined);
    if (waivers === undefined) {
        notes.push(
            "The waivers of the other revision do not fit the rules of this one, and do not count.",
        );
    }
    const dropped = request.all ? await droppedStacks(request) : [];
    if (dropped.length > 0) {
        notes.push(
            `Only the other revision has a file for ${dropped.join(", ")}: it is not compared.`,
        );
    }
    const own = { waivers: waivers ?? [], ...(reader && { reader }) };
    const answers: RevisionAnswer[] = [];
    for (const stack of request.stacks) answers.push(await planStack(stack, request, own));
    return { answers, notes };
}

/** The stacks that only the other revision has. */
async function droppedStacks({ root, stacks }: RevisionRequest): Promise<readonly string[]> {
    const there = await stacksIn(root);
    return there.map(({ stack }) => stack).filter((stack) => !stacks.includes(stack));
}

async function planStack(
    stack: string,
    { root, today, policyConfig, key }: RevisionRequest,
    own: Pick<PlanOptions, "waivers" | "reader">,
): Promise<RevisionAnswer> {
    const known = await findStack(stack, root).catch(() => undefined);
    if (known === undefined) return { state: "missing" };
    const options = { stack, root, today, policyConfig, ...own };
    try {
        const plan = await makePlan(options);
        return { state: "planned", plan, prints: await printsOf(options, plan, key) };
    } catch (error) {
        return { state: "failed", reason: reasonOf(error) };
    }
}

/** What reads settings in that revision. A project that is not this one has none. */
async function readerIn(root: string): Promise<SettingsReader | undefined> {
    const file = (name: string) => join(root, "tools", "settings", name);
    if (!existsSync(file("command.ts"))) return undefined;
    const load = async (name: string) =>
        (await import(pathToFileURL(file(name)).href)) as Partial<SettingsReader>;
    const [{ checkStackFile }, { siteRows, stackRows }] = await Promise.all([
        load("command.ts"),
        load("rows.ts"),
    ]);
    if (!checkStackFile || !siteRows || !stackRows) return undefined;
    return { checkStackFile, siteRows, stackRows };
}
