/** What was thrown, with the lines of the project that led there; Node's own frames say nothing to anybody. */
export function traceOf(error: unknown): string {
    if (!(error instanceof Error)) return String(error);
    const lines = (error.stack ?? error.message).split("\n");
    return lines.filter((line) => !/^\s+at .*\(?node:/.test(line)).join("\n");
}
