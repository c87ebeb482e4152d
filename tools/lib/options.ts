import { resolve } from "node:path";
import { parseArgs } from "node:util";
import type { ParseArgsConfig } from "node:util";
import { nearest } from "../../components/settings/nearest.ts";
import { UserError } from "./user-error.ts";

type Options = NonNullable<ParseArgsConfig["options"]>;

type Parsed<T extends Options> = ReturnType<
    typeof parseArgs<{ args: string[]; options: T; allowPositionals: true }>
>;

/**
 * The options and the other words of a command line. A wrong option is the user's mistake: exit code 2, and where to
 * read what is allowed.
 */
export function readCommandLine<const T extends Options>(
    command: string,
    args: readonly string[],
    options: T,
): Parsed<T> {
    return parse(command, args, { options, allowPositionals: true });
}

/** The options of a command that takes no other words. */
export function readOptions<const T extends Options>(
    command: string,
    args: readonly string[],
    options: T,
): Parsed<T>["values"] {
    return parse(command, args, { options }).values;
}

/** Refuses options that exclude each other, by their names without the hyphens: those that were given or switched on. */
export function refuseTogether(options: Readonly<Record<string, string | boolean | undefined>>) {
    const given = Object.keys(options).filter((name) => (options[name] ?? false) !== false);
    if (given.length < 2) return;
    throw new UserError(`--${given.join(" and --")} cannot go together. Choose one.`, 2);
}

/** Refuses files that would be written over each other, by the options that name them. */
export function refuseSameFile(files: Readonly<Record<string, string | undefined>>): void {
    const first = new Map<string, string>();
    for (const [option, file] of Object.entries(files)) {
        if (file === undefined) continue;
        const other = first.get(resolve(file));
        if (other !== undefined) {
            throw new UserError(
                `--${other} and --${option} both write ${file}. Name two files.`,
                2,
            );
        }
        first.set(resolve(file), option);
    }
}

/** What a variable of a pipeline leaves behind that is not set there. */
function refuseEmpty(values: Readonly<Record<string, unknown>>): void {
    const empty = Object.keys(values).find((name) => values[name] === "");
    if (empty !== undefined) {
        throw new Error(`--${empty} is empty. Give it a value or leave it out.`);
    }
}

/** What Node says beside an unknown option, of words that no command here takes. */
const ASIDE = /\. To specify a positional argument starting with a '-'[^]*$/;

function parse<T extends Options>(
    command: string,
    args: readonly string[],
    config: { readonly options: T; readonly allowPositionals?: true },
): Parsed<T> {
    refuseTaken(command, Object.keys(config.options));
    try {
        const parsed = parseArgs({ args: [...args], allowPositionals: false, ...config });
        refuseEmpty(parsed.values);
        return parsed as Parsed<T>;
    } catch (error) {
        const reason = (error as Error).message.replace(ASIDE, "");
        const meant = `${suggestion(reason, Object.keys(config.options))}${stackMeant(reason, config.options)}`;
        throw new UserError(
            `${reason}${meant}\nnpm run ${command} -- --help shows the options.`,
            2,
        );
    }
}

/** Options that npm has too, and leaves in the environment whether they were given or not. */
const NPM_OWN = ["cache", "registry"];

/**
 * Without `--` before them npm takes options for its own, and leaves a trace in the environment alone: `npm run try
 * --destroy` would deploy.
 */
function refuseTaken(command: string, known: readonly string[]): void {
    const ours = known.filter((name) => !NPM_OWN.includes(name));
    const taken = ours.find((name) => `npm_config_${name.replaceAll("-", "_")}` in process.env);
    if (taken === undefined || process.env["npm_lifecycle_event"] !== command) return;
    throw new UserError(
        `npm took --${taken} for an option of its own. Options go behind a double dash: npm run ${command} -- --${taken}`,
        2,
    );
}

/** The option that was probably meant, if the reason is that there is none of that name. */
function suggestion(reason: string, known: readonly string[]): string {
    const given = /^Unknown option '--([^']+)'/.exec(reason)?.[1];
    const meant = given === undefined ? undefined : nearest(given, known);
    return meant === undefined ? "" : `${/\.$/.test(reason) ? "" : "."} Did you mean --${meant}?`;
}

/** A word by itself is most likely a stack, as other tools take it. */
function stackMeant(reason: string, options: Options): string {
    const word = /^Unexpected argument '([^']+)'/.exec(reason)?.[1];
    return word === undefined || !("stack" in options) ? "" : `. Did you mean --stack ${word}?`;
}
