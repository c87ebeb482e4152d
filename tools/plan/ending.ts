import { traceOf } from "../lib/trace.ts";
import { UserError } from "../lib/user-error.ts";
import { harmless, paintFor, type Screen } from "./show/paint.ts";

/** How the commands `plan`, `evidence` and `new` end, as their `--help` documents it. */
export const EXIT = { fine: 0, findings: 1, broken: 2 } as const;

/** What somebody asks for who wants the words of `--help`. */
export interface HelpRequest {
    readonly help: true;
}

/** A command: the words of its `--help`, how its command line is read, and what it does. */
export interface Command<R extends { readonly help: boolean }> {
    readonly words: string;
    readonly read: (args: readonly string[]) => R | HelpRequest;
    readonly run: (request: R) => Promise<number>;
}

/** Runs a command, or prints its help. Returns the exit code, and tells why it ended early if it did. */
export async function runCommand<R extends { readonly help: boolean }>(
    args: readonly string[],
    { words, read, run }: Command<R>,
    { screen, errors = screen }: { readonly screen: Screen; readonly errors?: Screen | undefined },
): Promise<number> {
    try {
        const request = read(args);
        if (request.help !== true) return await run(request);
        screen.write(`${words}\n`);
        return EXIT.fine;
    } catch (error) {
        return tell(error, errors);
    }
}

/** What the user did wrong is a message, and a fault of the program is shown with its trace. Returns the exit code. */
export function tell(error: unknown, screen: Screen): number {
    const paint = paintFor(screen);
    if (error instanceof UserError) {
        screen.write(harmless(`${paint.red(error.message)}\n`, screen));
        return error.exitCode;
    }
    screen.write(harmless(`${paint.red("The program failed:")}\n${traceOf(error)}\n`, screen));
    return EXIT.broken;
}
