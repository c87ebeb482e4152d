import { createInterface, type Interface } from "node:readline/promises";
import { KINDS, RUNNING, SERVING } from "../../components/contracts/application-kind.ts";
import { CLOUDS } from "../../components/contracts/cloud.ts";
import { applicationKey, image, port, siteKey } from "../../components/settings/forms.ts";
import { isMapping, type Leaf } from "../../components/settings/shape.ts";
import { UserError } from "../lib/user-error.ts";
import type { Thing } from "./arguments.ts";
import { FORGES } from "./service/files.ts";
import { RUNTIMES } from "./service/runtime.ts";
import type { Settings } from "./stack/edit.ts";
import { keysOf } from "./stack.ts";
import { refuseCredentials } from "./words.ts";

/** Somebody who answers. */
export interface Prompt {
    /** Asks, and gives the answer without blanks around it. */
    ask(question: string): Promise<string>;
    /** Ends the conversation. */
    close(): void;
}

/** A conversation on a terminal, which is taken at the first question: until then, and afterwards, Ctrl-C ends the command. */
export function terminal(input: NodeJS.ReadableStream, output: NodeJS.WritableStream): Prompt {
    let lines: Interface | undefined;
    const gone = new AbortController();
    const open = () => createInterface({ input, output }).once("close", () => gone.abort());
    return {
        ask: async (question) => {
            lines ??= open();
            try {
                return (await lines.question(question, gone)).trim();
            } catch {
                throw new UserError("Nothing was written.", 2);
            }
        },
        close: () => lines?.close(),
    };
}

/** Answers by option. */
type Answers = Readonly<Record<string, unknown>>;

/** An option, and how to ask for it. */
interface Question {
    readonly option: string;
    readonly text: string;
    /** True if nothing can be made without it. @default false */
    readonly required?: boolean | ((answers: Answers) => boolean);
    /** The only answers that there are. */
    readonly choices?: readonly string[];
    /** The same, of what the stack has. Nobody is asked to choose from nothing. */
    readonly among?: (raw: Settings) => readonly string[];
    /** True if an answer may be a new one beside the choices. @default false */
    readonly isOpen?: boolean;
    /** What the settings take. Anything else is asked again, with what to write instead. */
    readonly form?: Leaf;
    /** What no answer stands for, where that is not nothing. */
    readonly otherwise?: string;
    /** False where other answers make it meaningless. */
    readonly when?: (answers: Answers) => boolean;
    /** True if the answer is a list, in one line. */
    readonly many?: boolean;
}

const kindIn = (kinds: readonly string[]) => (answers: Answers) =>
    kinds.includes(String(answers["kind"] ?? ""));
const bySchedule = (answers: Answers) => kindIn(KINDS)(answers) && !kindIn(RUNNING)(answers);
const all = (kind: string) => (raw: Settings) => keysOf(raw, kind);
/** Those of one site only have their image there, and it is changed by hand. */
const sharedApplications = ({ applications }: Settings) =>
    isMapping(applications) ? Object.keys(applications) : [];
const withRepository = (answers: Answers) => answers["settings-only"] !== true;

const QUESTIONS: Readonly<Record<Thing, readonly Question[]>> = {
    application: [
        { option: "name", text: "Its name", required: true, form: applicationKey },
        { option: "kind", text: "Its kind", required: true, choices: KINDS },
        { option: "image", text: "Its first image, with a tag", required: true, form: image },
        {
            option: "port",
            text: "Its port",
            otherwise: "8080",
            when: kindIn(SERVING),
            form: port,
        },
        {
            option: "schedule",
            text: "When it runs, in cron's five fields",
            required: bySchedule,
            when: bySchedule,
        },
        {
            option: "step",
            text: "Its steps, like extract=python extract.py, with ; between them",
            required: kindIn(["pipeline"]),
            when: kindIn(["pipeline"]),
            many: true,
        },
        { option: "database", text: "The database server that it uses", among: all("databases") },
        { option: "cache", text: "The cache that it uses", among: all("caches") },
        { option: "queue", text: "The queue that it uses", among: all("queues") },
        {
            option: "runtime",
            text: "What it is written in, unless its folder shows it",
            choices: RUNTIMES,
            when: withRepository,
        },
        {
            option: "forge",
            text: "Where its repository is",
            choices: FORGES,
            otherwise: "github",
            when: withRepository,
        },
    ],
    site: [
        { option: "name", text: "Its name", required: true, form: siteKey },
        { option: "cloud", text: "Its cloud", required: true, choices: CLOUDS },
        { option: "region", text: "Its region", required: true },
        { option: "account", text: "Its account, subscription or project", required: true },
        {
            option: "administrator",
            text: "Who administers its cluster, with ; between them",
            many: true,
        },
        {
            option: "cidr",
            text: "Public blocks that may reach its API, with ; between them",
            many: true,
        },
    ],
    image: [
        {
            option: "application",
            text: "The application",
            required: true,
            among: sharedApplications,
        },
        { option: "image", text: "Its new image", required: true, form: image },
    ],
};

/**
 * Completes answers by asking. Nobody is asked who has said everything that is needed; without anybody to ask, what is
 * missing is an error.
 */
export async function complete<T extends Answers>(
    thing: Thing,
    answers: T,
    { prompt, raw }: { readonly prompt: Prompt | undefined; readonly raw: Settings },
): Promise<T> {
    refuseCredentials(answers);
    const missing = missingIn(thing, answers);
    if (missing.length === 0) return answers;
    if (prompt === undefined) throw refusal(thing, missing);
    const given = await askFor(QUESTIONS[thing], answers, { prompt, raw });
    prompt.close();
    refuseCredentials(given);
    // Only options of the table were added, each as it would have been given.
    return given as T;
}

async function askFor(
    questions: readonly Question[],
    answers: Answers,
    { prompt, raw }: { readonly prompt: Prompt; readonly raw: Settings },
) {
    const given: Record<string, unknown> = { ...answers };
    for (const one of questions) {
        if (given[one.option] !== undefined || one.when?.(given) === false) continue;
        const question = ofStack(one, given, raw);
        if (question === undefined) continue;
        given[question.option] = await answer(question, isRequired(question, given), prompt);
    }
    return given;
}

/** A question with what the stack has to choose from, to which `--add-services` adds. */
function ofStack(question: Question, answers: Answers, raw: Settings): Question | undefined {
    if (question.among === undefined) return question;
    const choices = question.among(raw);
    const isOpen = answers["add-services"] === true;
    return choices.length > 0 || isOpen ? { ...question, choices, isOpen } : undefined;
}

function isRequired({ required = false }: Question, answers: Answers): boolean {
    return typeof required === "function" ? required(answers) : required;
}

function missingIn(thing: Thing, answers: Answers): readonly string[] {
    return QUESTIONS[thing]
        .filter((one) => isRequired(one, answers) && answers[one.option] === undefined)
        .map(({ option }) => `--${option}`);
}

function refusal(thing: Thing, missing: readonly string[]): UserError {
    return new UserError(
        `npm run new -- ${thing} needs ${missing.join(", ")}, and there is no terminal to ask on.\n` +
            "npm run new -- --help shows the options.",
        2,
    );
}

async function answer(
    { text, choices, isOpen, form, otherwise, many }: Question,
    required: boolean,
    prompt: Prompt,
): Promise<unknown> {
    const all = [...(choices ?? []), ...(isOpen ? ["a new one"] : [])].join(", ");
    const hint = [all, required ? "" : (otherwise ?? "none")].filter(Boolean);
    const question = `${text}${hint.length > 0 ? ` (${hint.join("; ")})` : ""}: `;
    for (let fault = ""; ;) {
        const said = await prompt.ask(`${fault}${question}`);
        if (said === "" && required) continue;
        if (said === "") return undefined;
        if (choices !== undefined && !isOpen && !choices.includes(said)) continue;
        fault = faultOf(said, form);
        if (fault !== "") continue;
        return many
            ? said
                  .split(";")
                  .map((one) => one.trim())
                  .filter(Boolean)
            : said;
    }
}

/** What is wrong with an answer and what to write instead, on a line before the question. */
function faultOf(said: string, form: Leaf | undefined): string {
    if (form === undefined || form.read(said) !== undefined) return "";
    return `It is not ${form.what}. ${form.advise?.(said) ?? `Write it like ${form.example}`}.\n`;
}
