import { nearest } from "../../components/settings/nearest.ts";
import { readCommandLine } from "../lib/options.ts";
import { UserError } from "../lib/user-error.ts";
import type { HelpRequest } from "../plan/ending.ts";

/** What is made anew. */
const THINGS = ["application", "site", "image"] as const;

/** Something that is made anew. */
export type Thing = (typeof THINGS)[number];

const one = { type: "string" } as const;
const many = { type: "string", multiple: true } as const;
const flag = { type: "boolean", default: false } as const;

/** What goes with everything. */
const COMMON = {
    stack: { type: "string", short: "s", default: "dev" },
    "dry-run": flag,
    help: { type: "boolean", short: "h", default: false },
} as const;

/** The options of each thing. */
const OPTIONS = {
    application: {
        name: one,
        kind: one,
        image: one,
        registry: one,
        port: one,
        live: one,
        ready: one,
        replicas: one,
        messages: one,
        lag: one,
        env: many,
        secret: many,
        generate: many,
        database: one,
        cache: one,
        queue: one,
        stream: one,
        produces: many,
        consumes: many,
        search: one,
        bucket: many,
        calls: many,
        reach: one,
        host: many,
        slo: one,
        schedule: one,
        step: many,
        site: many,
        owner: one,
        "add-services": flag,
        into: one,
        runtime: one,
        forge: one,
        "settings-only": flag,
    },
    site: {
        name: one,
        cloud: one,
        region: one,
        account: one,
        administrator: many,
        cidr: many,
        network: one,
        domain: one,
    },
    image: { application: one, image: one, registry: one },
} as const;

/** An option that is given once, or as often as one likes. */
type Given<T> = {
    readonly [K in keyof T]?: T[K] extends { readonly multiple: true }
        ? readonly string[]
        : T[K] extends { readonly type: "boolean" }
          ? boolean
          : string;
};

/** What was said of an application, a site, or an image, by the names of the options. */
export type ApplicationAnswers = Given<(typeof OPTIONS)["application"]>;
export type SiteAnswers = Given<(typeof OPTIONS)["site"]>;
export type ImageAnswers = Given<(typeof OPTIONS)["image"]>;

/** What goes with every request. */
interface Common {
    /** The stack, as users name it. */
    readonly stack: string;
    /** True to show what would be written, and to write nothing. */
    readonly dryRun: boolean;
    readonly help: false;
}

/** What `npm run new` was asked for. */
export type Request =
    | (Common & { readonly thing: "application"; readonly answers: ApplicationAnswers })
    | (Common & { readonly thing: "site"; readonly answers: SiteAnswers })
    | (Common & { readonly thing: "image"; readonly answers: ImageAnswers });

/** Reads the command line. */
export function readArguments(args: readonly string[]): Request | HelpRequest {
    const [word = "", ...rest] = args;
    if (word === "" || word === "--help" || word === "-h") return { help: true };
    const thing = THINGS.find((known) => known === word);
    if (thing === undefined) throw unknown(word);
    switch (thing) {
        case "application":
            return read(rest, OPTIONS.application, (answers) => ({ thing, answers }));
        case "site":
            return read(rest, OPTIONS.site, (answers) => ({ thing, answers }));
        case "image":
            return read(rest, OPTIONS.image, (answers) => ({ thing, answers }));
    }
}

function read<T extends (typeof OPTIONS)[Thing], R>(
    args: readonly string[],
    options: T,
    toRequest: (answers: Given<T>) => R,
): (R & Common) | HelpRequest {
    const { values, positionals } = readCommandLine("new", args, { ...options, ...COMMON });
    const { stack, "dry-run": dryRun, help, ...answers } = values as Record<string, unknown>;
    if (help === true) return { help: true };
    // What stands there may be a credential, so it is not repeated.
    if (positionals.length > 0) {
        throw new UserError(
            `A word stands behind no option. Write its option before it, such as --name, and put values with blanks into quotes.\n${MORE}`,
            2,
        );
    }
    const common = { stack: String(stack), dryRun: dryRun === true, help: false } as const;
    // What parseArgs returns is what the table of options says, of which the spread loses the type.
    return { ...toRequest(answers as Given<T>), ...common };
}

const MORE = "npm run new -- --help shows what can be made.";

function unknown(word: string): UserError {
    const meant = nearest(word, THINGS);
    const words = meant === undefined ? "" : ` Did you mean ${meant}?`;
    return new UserError(`Say what to make first: ${THINGS.join(", ")}.${words}\n${MORE}`, 2);
}
