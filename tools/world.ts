/** `npm run world`: looks into the simulated world, changes it by hand, and makes things go wrong in it. */
import Table from "cli-table3";
import colors from "picocolors";

import { nearest } from "../components/settings/nearest.ts";
import { addFault, heal, listFaults, type Fault } from "../simulator/faults.ts";
import {
    clear,
    count,
    edit,
    masked,
    operations,
    pick,
    placeOf,
    remove,
    select,
} from "../simulator/inspect.ts";
import { get, parsePath } from "../simulator/paths.ts";
import { Store, worldFile } from "../simulator/store.ts";
import type { Json, Properties } from "../simulator/table.ts";
import { logicalName } from "../simulator/urn.ts";
import { Refused } from "../simulator/words.ts";
import { notThere } from "./lib/not-there.ts";
import { readCommandLine } from "./lib/options.ts";
import { allowEarlyEnd } from "./lib/output.ts";
import { UserError } from "./lib/user-error.ts";

const HELP = `Looks into the simulated clouds, and changes them behind the program's back.

    npm run world -- list [WHAT] [--ids]        what stands, counted by place and type, or one by one
    npm run world -- show WHAT                  everything about one thing; secrets are masked
    npm run world -- edit WHAT PATH=VALUE …     changes properties by hand: drift. VALUE is JSON or plain text;
                                                an empty one takes the property away
    npm run world -- delete WHAT                takes one thing away by hand, whatever needs it
    npm run world -- fail KIND WHAT [options]   makes operations on WHAT go wrong:
        fail        refused, before anything is made
        throttle    refused as too many requests; the provider tries again by itself
        break       done, but reported as failed
        crash       the provider's process ends in the middle of the work
        --on create|update|delete|any           which operations (default: create)
        --times N                               how often; for crash, on which one (default: 1)
        --message TEXT                          the error's words (default: the cloud's own)
    npm run world -- faults                     what is still to go wrong
    npm run world -- heal                       takes all of that away
    npm run world -- events [WHAT]              every operation so far, in order
    npm run world -- clear                      empties the world

WHAT is an id, or a type, a URN or a logical name, in which * stands for any text; quote it, or the shell reads the *.
The world lies in the file that SIM_WORLD names, or else in .local/world.sqlite.

    npm run world -- list '*podinfo*' --ids
    npm run world -- edit '*Instance::myapp-dev-aws-main' backupRetentionPeriod=1
    npm run world -- fail throttle aws:ec2/subnet:Subnet --times 3

Exit codes: 0 done · 1 not done, and the message says why.`;

const KINDS: readonly Fault["kind"][] = ["fail", "throttle", "break", "crash"];
const OPERATIONS: readonly Fault["operation"][] = ["create", "update", "delete", "any"];

/** What a command gets: the words after its name, the options, the world, and where to print. */
interface Call {
    readonly words: readonly string[];
    readonly options: Options;
    readonly store: Store;
    readonly print: (text: string) => void;
}

interface Options {
    readonly ids?: boolean;
    readonly on?: string;
    readonly times?: string;
    readonly message?: string;
}

const COMMANDS: Readonly<Record<string, (call: Call) => void>> = {
    list,
    show,
    edit: change,
    delete: take,
    fail,
    faults,
    heal: ({ store, print }) => {
        heal(store);
        print("Nothing is to go wrong any more.");
    },
    events,
    clear: ({ store, print }) => {
        clear(store);
        print(
            [
                "The world is empty, and the states still name what stood in it. Delete .local/ to start over, or have a stack",
                "forget it: PULUMI_K8S_DELETE_UNREACHABLE=true npm run try -- --refresh",
            ].join("\n"),
        );
    },
};

function list({ words, options, store, print }: Call): void {
    const counts = count(store, words[0]);
    if (options.ids) {
        const found = select(store, words[0]);
        const widest = Math.max(...found.map(({ type }) => type.length));
        printByPlace(
            found.map((one) => [placeOf(one, store), `${one.type.padEnd(widest)}  ${one.id}`]),
            print,
        );
    } else {
        printByPlace(
            counts.map((one) => [
                one.place,
                `${String(one.count).padStart(4)}  ${one.type}${busy(one.busy)}`,
            ]),
            print,
        );
    }
    print(`${counts.reduce((sum, one) => sum + one.count, 0)} in all`);
}

/** Each place once, with its lines below: ids and types are too long for a table in a terminal. */
function printByPlace(lines: readonly [place: string, line: string][], print: Call["print"]): void {
    for (const place of new Set(lines.map(([at]) => at))) {
        const below = lines.filter(([at]) => at === place).map(([, line]) => `  ${line}`);
        print([colors.bold(place), ...below, ""].join("\n"));
    }
}

function busy(number: number): string {
    return number === 0 ? "" : colors.yellow(`  ${number} in progress`);
}

function show({ words, store, print }: Call): void {
    const instance = pick(store, needed(words[0], "show", "WHAT"));
    const rows = [
        ["type", instance.type],
        ["id", instance.id],
        ["URN", instance.urn],
        ["place", placeOf(instance, store)],
        ["known to the state", instance.known ? "yes" : "not yet seen"],
    ];
    print(rows.map(([key, value]) => `${colors.bold(key)}: ${value}`).join("\n"));
    print(JSON.stringify(masked(instance), undefined, 4));
}

function change({ words, store, print }: Call): void {
    const [what, ...changes] = words;
    const target = needed(what, "edit", "WHAT");
    needed(changes[0], "edit", "PATH=VALUE");
    for (const assignment of changes) {
        const [, path, text] = /^([^=]+)=(.*)$/s.exec(assignment) ?? [];
        if (path === undefined || text === undefined) {
            throw new UserError(
                `"${assignment}" is not PATH=VALUE, like replicas=3 or tags.owner=me.`,
            );
        }
        const { outputs } = pick(store, target);
        edit(store, target, path, text === "" ? undefined : valueOf(text, get(outputs, path)));
        print(`${target}: ${path} is ${text === "" ? "gone" : text} now${doubt(path, outputs)}`);
    }
}

/** What is said of a property that the thing did not have: it may be misspelt. */
function doubt(path: string, outputs: Properties): string {
    const [property = ""] = parsePath(path);
    if (Object.hasOwn(outputs, property)) return "";
    const meant = nearest(property, Object.keys(outputs));
    return `. It had none before${meant === undefined ? "" : `: did you mean ${meant}?`}`;
}

/** JSON where it is JSON, plain text where it is not; a text stays one, so that version=1.36 is no number. */
function valueOf(text: string, before: Json | undefined): Json {
    if (typeof before === "string") return text;
    try {
        return JSON.parse(text) as Json;
    } catch {
        return text;
    }
}

function take({ words, store, print }: Call): void {
    const gone = remove(store, needed(words[0], "delete", "WHAT"));
    print(`${gone.type} ${gone.id} is gone.`);
}

function fail({ words, options, store, print }: Call): void {
    const kind = oneOf(KINDS, needed(words[0], "fail", "KIND"), "KIND");
    const target = needed(words[1], "fail", "WHAT");
    const operation = oneOf(OPERATIONS, options.on ?? "create", "operation");
    const remaining = Number(options.times ?? "1");
    if (!Number.isInteger(remaining) || remaining < 1) {
        throw new UserError(
            `--times is "${options.times}", which is not a whole number from 1 up.`,
        );
    }
    addFault(store, { kind, operation, target, remaining, message: options.message });
    print(`${kind} on ${operation} of ${target}, ${remaining} time(s).`);
}

function faults({ store, print }: Call): void {
    const rows = listFaults(store).map((one) => [
        one.kind,
        one.operation,
        one.target,
        String(one.remaining),
        one.message ?? "",
    ]);
    if (rows.length === 0) print("Nothing is to go wrong.");
    else print(table(["kind", "operation", "what", "times", "message"], rows));
}

function events({ words, store, print }: Call): void {
    const wanted = new Set(select(store, words[0]).map(({ urn }) => urn));
    const all = operations(store).filter(({ urn }) => words[0] === undefined || wanted.has(urn));
    const start = all[0]?.began ?? 0;
    print(colors.bold("  at (s)  took (s)  real (s)"));
    for (const one of all) {
        const times = [
            ((one.began - start) / 1000).toFixed(2).padStart(8),
            ((one.ended - one.began) / 1000).toFixed(2).padStart(8),
            String(Math.round(one.seconds)).padStart(8),
        ];
        const what = `${one.kind.padEnd(6)} ${one.type} ${logicalName(one.urn)}`;
        const error = one.error === undefined ? [] : [`    ${colors.red(one.error)}`];
        print([`${times.join("  ")}  ${what}`, ...error].join("\n"));
    }
}

function table(head: string[], rows: (string | undefined)[][]): string {
    const style = { head: colors.isColorSupported ? ["bold"] : [], border: [] };
    const made = new Table({ head, style });
    made.push(...rows.map((row) => row.map((cell) => cell ?? "")));
    return made.toString();
}

function needed(word: string | undefined, command: string, name: string): string {
    if (word !== undefined && word !== "") return word;
    throw new UserError(`${command} needs ${name}.\nnpm run world -- --help shows the commands.`);
}

function oneOf<T extends string>(allowed: readonly T[], given: string, name: string): T {
    const found = allowed.find((one) => one === given);
    if (found !== undefined) return found;
    throw notThere(name, given, allowed);
}

/** True for what the user can act on: a mistake, a refusal, or what the operating system says, which bears a code. */
function isForPeople(error: unknown): error is Error {
    return (
        error instanceof UserError ||
        error instanceof Refused ||
        (error instanceof Error && "code" in error)
    );
}

/** Runs one command line and returns the exit code: 0, or 1 with a message on `complain`. */
export function main(
    argv: readonly string[],
    print: (text: string) => void,
    complain: (text: string) => void,
    file: string = worldFile(),
): number {
    try {
        const { values, positionals } = readCommandLine("world", argv, {
            help: { type: "boolean", short: "h" },
            ids: { type: "boolean" },
            on: { type: "string" },
            times: { type: "string" },
            message: { type: "string" },
        });
        const [name, ...words] = positionals;
        if (values.help || name === undefined) {
            print(HELP);
            return 0;
        }
        const command = COMMANDS[oneOf(Object.keys(COMMANDS), name, "command")];
        const store = Store.open(file);
        try {
            command?.({ words, options: values, store, print });
        } finally {
            store.close();
        }
        return 0;
    } catch (error) {
        if (!isForPeople(error)) throw error;
        complain(error.message);
        return 1;
    }
}

if (import.meta.main) {
    allowEarlyEnd();
    process.exitCode = main(process.argv.slice(2), console.log, console.error);
}
