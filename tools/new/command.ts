import { relative } from "node:path";
import { describeProblem } from "../../components/lib/problem.ts";
import { UserError } from "../lib/user-error.ts";
import { EXIT, runCommand } from "../plan/ending.ts";
import { harmless, paintFor, type Screen } from "../plan/show/paint.ts";
import { showPlan } from "../plan/show/plan.ts";
import { ROOT } from "../stack/layout.ts";
import { readArguments, type Request } from "./arguments.ts";
import { complete } from "./ask.ts";
import { diffOf } from "./diff.ts";
import { draftApplication } from "./draft-application.ts";
import { draftImage, draftSite } from "./draft-others.ts";
import type { Draft } from "./draft.ts";
import { writeAll, type Target } from "./files.ts";
import { HELP } from "./help.ts";
import { newStops, planBoth, type Plans, type PlanWith } from "./plans.ts";
import { folderOf } from "./service/runtime.ts";
import { showAdded, showStops } from "./show.ts";
import { changeSettings } from "./stack/edit.ts";
import { configOf, readStack, type StackText } from "./stack.ts";
import type { Prompt } from "./terminal.ts";

/** What a test replaces, and who can be asked. */
export interface Surroundings extends Partial<Pick<PlanWith, "root" | "program" | "today">> {
    /** @default - nobody: everything has to be said by options */
    readonly prompt?: Prompt;
    /** @default - the screen */
    readonly errors?: Screen;
}

/** `npm run new`. Returns the exit code. */
export function newCommand(
    args: readonly string[],
    screen: Screen,
    around: Surroundings = {},
): Promise<number> {
    const run = (request: Request) => execute(request, screen, around);
    const command = { words: HELP, read: readArguments, run };
    const ending = runCommand(args, command, { screen, errors: around.errors });
    return ending.finally(() => around.prompt?.close());
}

async function execute(request: Request, screen: Screen, around: Surroundings): Promise<number> {
    const root = around.root ?? ROOT;
    const stack = await readStack(request.stack, root);
    const draft = await draftFor(request, stack, { ...around, root });
    if (draft.problems.length > 0) throw refusal(draft);
    const text = changeSettings(stack.text, draft.changes);
    if (text === stack.text) {
        screen.write("The stack's file says so already.\n");
        return EXIT.fine;
    }
    const { program, today } = around;
    const how = { stack: request.stack, root, program, today };
    const plans = await planBoth(configOf(stack.text), configOf(text), how);
    if (newStops(plans).length > 0) {
        write(screen, showStops(plans, paintFor(screen)));
        return EXIT.findings;
    }
    const targets = [...draft.files, { path: stack.path, text, before: stack.text }];
    await conclude({ request, draft, targets, plans, root }, screen);
    return EXIT.fine;
}

async function draftFor(
    request: Request,
    stack: StackText,
    { prompt, root, today }: Surroundings & { readonly root: string },
): Promise<Draft> {
    const project = { root, raw: stack.raw };
    switch (request.thing) {
        case "application": {
            const answers = await complete("application", request.answers, prompt, project);
            return draftApplication(answers, stack, { root, today });
        }
        case "site":
            return draftSite(
                await complete("site", request.answers, prompt, project),
                stack,
                today,
            );
        case "image":
            return draftImage(
                await complete("image", request.answers, prompt, project),
                stack,
                today,
            );
    }
}

function refusal({ problems }: Draft): UserError {
    const lines = problems.map((problem, index) => `  ${index + 1}. ${describeProblem(problem)}`);
    const count = problems.length === 1 ? "is 1 problem" : `are ${problems.length} problems`;
    return new UserError(`Nothing was written; there ${count}:\n${lines.join("\n")}`, 2);
}

/** Everything that is ready to be written. */
interface Ready {
    readonly request: Request;
    readonly draft: Draft;
    readonly targets: readonly Target[];
    readonly plans: Plans;
    readonly root: string;
}

/** Writes, and shows what that came to; or shows what would be written. */
async function conclude(ready: Ready, screen: Screen): Promise<void> {
    const { request, draft, targets, plans, root } = ready;
    const shown = (path: string) => relative(root, path);
    const added = showAdded(draft.title, plans, screen);
    if (request.dryRun) {
        const diffs = targets.map(({ path, before, text }) => diffOf(shown(path), before, text));
        write(screen, ...diffs, added, "Nothing was written.");
        return;
    }
    await writeAll(targets);
    const written = targets.map(({ path }) => `Written: ${shown(path)}`).join("\n");
    const plan = showPlan(plans.after, { details: false, asked: { stack: request.stack } }, screen);
    write(screen, written, added, plan, ...afterwards(ready));
}

/** What is left to do by hand, which the plan's last line does not know of. */
function afterwards({ request, draft, targets, root }: Ready): readonly string[] {
    if (request.thing !== "application" || draft.files.length === 0) return [];
    const name = request.answers.name ?? "";
    const folder = relative(root, folderOf(root, name, request.answers.into));
    const file = relative(root, targets.at(-1)?.path ?? "");
    return [
        `Then  commit ${file} here and ${folder} there. What its pipeline needs: docs/golden-path.md#the-delivery.`,
    ];
}

function write(screen: Screen, ...parts: readonly string[]): void {
    screen.write(harmless(`${parts.join("\n\n")}\n`, screen));
}
