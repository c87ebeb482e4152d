import { readFile } from "node:fs/promises";
import { rules as allRules } from "../../policies/rules/index.ts";
import { Settings, type PackConfig } from "../../policies/runtime/settings.ts";
import { waiverRules } from "../../policies/runtime/waivers.ts";
import { followUp } from "../lib/follow-up.ts";
import { shellWord } from "../lib/shell.ts";
import { UserError } from "../lib/user-error.ts";
import { writeText } from "../lib/write.ts";
import type { Surroundings } from "../plan/command.ts";
import { EXIT, runCommand } from "../plan/ending.ts";
import { policyConfigOf, readWaiverFile } from "../plan/guardrail-files.ts";
import { makePlan } from "../plan/make.ts";
import type { Screen } from "../plan/show/paint.ts";
import { ROOT } from "../stack/layout.ts";
import { HELP, readArguments, type Request } from "./arguments.ts";
import { evidenceOf, type EvidenceInput } from "./evidence.ts";
import type { Evidence } from "./model.ts";
import { toMarkdown } from "./show/markdown.ts";
import { briefReport, fullReport } from "./show/report.ts";
import { toTerminal } from "./show/terminal.ts";
import { judgeState, readState } from "./state.ts";

/** `npm run evidence`. Returns the exit code. */
export function evidenceCommand(
    args: readonly string[],
    screen: Screen,
    around: Surroundings = {},
): Promise<number> {
    const run = (request: Request) => execute(request, screen, around);
    const command = { words: HELP, read: readArguments, run };
    return runCommand(args, command, { screen, errors: around.errors });
}

async function execute(request: Request, screen: Screen, around: Surroundings): Promise<number> {
    const root = around.root ?? ROOT;
    const day = around.today ?? new Date().toISOString().slice(0, 10);
    const rules = [...(around.rules ?? allRules), ...waiverRules];
    const policyConfig = await policyConfigOf(request, root);
    const options = { ...around, root, today: day, policyConfig };
    const input =
        request.state === undefined
            ? await fromProgram(request.stack, options)
            : await fromState(request.state, options);
    const source = request.state === undefined ? "plan" : "state";
    const all = request.frameworks.map((framework) =>
        evidenceOf(input, framework, { rules, policyConfig, source, day }),
    );
    await show(request, all, screen);
    return all.some(({ summary }) => summary.blocking > 0) ? EXIT.findings : EXIT.fine;
}

type Options = Surroundings & {
    readonly root: string;
    readonly today: string;
    readonly policyConfig: PackConfig;
};

/** A program that tells an error fails under the engine too, and what it left out cannot be judged. */
async function fromProgram(stack: string, options: Options): Promise<EvidenceInput> {
    const plan = await makePlan({ ...options, stack });
    const errors = plan.messages.filter(({ severity }) => severity === "error");
    if (errors.length > 0) throw new UserError(errors.map(({ text }) => text).join("\n"), 2);
    return plan;
}

async function fromState(file: string, options: Options): Promise<EvidenceInput> {
    const { root, today, policyConfig } = options;
    const text = await readFile(file, "utf8").catch(() => {
        throw new UserError(`There is no file ${file} to read a state from.`, 2);
    });
    const rules = [...(options.rules ?? allRules), ...waiverRules];
    return judgeState(readState(text, file), {
        rules,
        settings: new Settings(rules, policyConfig),
        waivers: options.waivers ?? (await readWaiverFile(root, today)),
        today,
    });
}

/** Writes the files that were asked for, and shows the report unless something else goes to standard output. */
async function show(request: Request, all: readonly Evidence[], screen: Screen): Promise<void> {
    const { json, markdown, details } = request;
    const written: string[] = [];
    const give = async (file: string | undefined, text: () => string) => {
        if (file === undefined) return;
        if (file === "-") screen.write(text());
        else await writeText(file, text());
        written.push(file);
    };
    await give(json, () => `${JSON.stringify(all, undefined, 4)}\n`);
    await give(markdown, () => toMarkdown(all.flatMap((one) => fullReport(one, true))));
    if (written.includes("-")) return;
    const brief = all.length > 1 && !details;
    const blocks = brief ? briefReport(all) : all.flatMap((one) => fullReport(one, details));
    screen.write(toTerminal(blocks, screen));
    screen.write(`\n${next(request, all, brief)}\n`);
    written.forEach((file) => screen.write(`Written: ${file}\n`));
}

/** The last line: what to do now. */
function next(
    { details, stack, state, profile, policyConfig }: Request,
    all: readonly Evidence[],
    brief: boolean,
): string {
    const blocking = Math.max(0, ...all.map(({ summary }) => summary.blocking));
    const found =
        blocking > 0 ? "Critical or mandatory findings stand behind failed controls. " : "";
    if (brief) {
        const levels = { profile, policyConfig };
        const asked = state === undefined ? { stack, ...levels } : levels;
        const of = state === undefined ? [] : ["--state", shellWord(state)];
        const one = ["--framework", all[0]?.framework.name ?? ""];
        return `Next  ${found}The controls of one: ${followUp("evidence", asked, ...of, ...one)}`;
    }
    if (details) return `Next  ${found}--markdown FILE writes this for others.`;
    return `Next  ${found}--details shows every control and every finding.`;
}
