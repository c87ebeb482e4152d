import { readOptions } from "../lib/options.ts";

/** What `npm run settings` was asked for. */
export interface Request {
    readonly stack: string;
    readonly site: string | undefined;
    readonly json: boolean;
    readonly docs: boolean;
    readonly help: boolean;
}

/** The words of `npm run settings -- --help`. */
export const HELP = `npm run settings -- [options]

Prints what a stack's settings come to: every value and where it comes from, or everything that is wrong.
Needs no engine and no account, and changes nothing.

  --stack NAME   dev (the default), prod, the path of a stack file, or a folder that holds one
  --site NAME    one site only
  --json         for programs
  --docs         prints the reference page of all settings (docs/settings.md)
  --help         this text

Exit codes: 0 the settings are right · 2 settings or options are wrong.`;

/** Reads the command line. */
export function readArguments(args: readonly string[]): Request {
    const values = readOptions("settings", args, {
        stack: { type: "string", short: "s", default: "dev" },
        site: { type: "string" },
        json: { type: "boolean", default: false },
        docs: { type: "boolean", default: false },
        help: { type: "boolean", short: "h", default: false },
    });
    return { site: undefined, ...values };
}
