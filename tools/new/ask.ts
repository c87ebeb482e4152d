import { nearest } from "../../components/settings/nearest.ts";
import type { Leaf } from "../../components/settings/shape.ts";
import { UserError } from "../lib/user-error.ts";
import type { Thing } from "./arguments.ts";
import { QUESTIONS, type Answers, type Project, type Question } from "./questions.ts";
import type { Prompt } from "./terminal.ts";
import { refuseCredentials } from "./words.ts";

/**
 * Completes answers by asking. Nobody is asked who has said everything that is needed; without anybody to ask, what is
 * missing is an error.
 */
export async function complete<T extends Answers>(
    thing: Thing,
    answers: T,
    prompt: Prompt | undefined,
    project: Project,
): Promise<T> {
    refuseCredentials(answers);
    const missing = missingIn(thing, answers);
    if (missing.length === 0) return answers;
    if (prompt === undefined) throw refusal(thing, missing);
    const given = await askFor(thing, answers, prompt, project);
    prompt.close();
    refuseCredentials(given);
    // Only options of the table were added, each as it would have been given.
    return given as T;
}

async function askFor(thing: Thing, answers: Answers, prompt: Prompt, project: Project) {
    const given: Record<string, unknown> = { ...answers };
    for (const one of QUESTIONS[thing]) {
        if (given[one.option] !== undefined || one.when?.(given) === false) continue;
        const here = one.here === undefined ? {} : one.here(project, given);
        if (here === undefined) continue;
        const question = { ...one, ...here };
        given[one.option] = await answer(question, isRequired(question, given), prompt);
    }
    return given;
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
        fault = isOpen ? "" : choiceFault(said, choices);
        fault ||= faultOf(said, form);
        if (fault !== "") continue;
        return many
            ? said
                  .split(";")
                  .map((one) => one.trim())
                  .filter(Boolean)
            : said;
    }
}

/** That an answer is none of those that the question lists. */
function choiceFault(said: string, choices: readonly string[] | undefined): string {
    if (choices === undefined || choices.includes(said)) return "";
    const meant = nearest(said, choices);
    return `It is none of these.${meant === undefined ? "" : ` Did you mean ${meant}?`}\n`;
}

/** What is wrong with an answer and what to write instead, on a line before the question. */
function faultOf(said: string, form: Leaf | undefined): string {
    if (form === undefined || form.read(said) !== undefined) return "";
    return `It is not ${form.what}. ${form.advise?.(said) ?? `Write it like ${form.example}`}.\n`;
}
