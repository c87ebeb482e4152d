import { traceOf } from "../lib/trace.ts";
import { UserError } from "../lib/user-error.ts";
import { harmless, paintFor, type Screen } from "./show/paint.ts";

/** How the commands `plan`, `evidence` and `new` end, as their `--help` documents it. */
export const EXIT = { fine: 0, findings: 1, broken: 2 } as const;

/** The exit code of a command, which tells why it ended early if it did. */
export async function endingOf(command: () => Promise<number>, errors: Screen): Promise<number> {
    try {
        return await command();
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
