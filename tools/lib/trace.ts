import { UserError } from "./user-error.ts";

/** What was thrown, with the lines of the project that led there; Node's own frames say nothing to anybody. */
export function traceOf(error: unknown): string {
    if (!(error instanceof Error)) return String(error);
    const lines = (error.stack ?? error.message).split("\n");
    return lines.filter((line) => !/^\s+at .*\(?node:/.test(line)).join("\n");
}

/** Why something failed: the words alone of what the user did wrong, or else what was thrown with its trace. */
export function reasonOf(error: unknown): string {
    if (error instanceof UserError) return error.message;
    return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
