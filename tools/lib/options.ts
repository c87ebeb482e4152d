import { parseArgs } from "node:util";
import type { ParseArgsConfig } from "node:util";
import { UserError } from "./user-error.ts";

type Options = NonNullable<ParseArgsConfig["options"]>;

/** The options of a command line. A wrong one is the user's mistake: exit code 2, and where to read what is allowed. */
export function readOptions<const T extends Options>(
    command: string,
    args: readonly string[],
    options: T,
): ReturnType<typeof parseArgs<{ args: string[]; options: T }>>["values"] {
    try {
        return parseArgs({ args: [...args], options }).values;
    } catch (error) {
        const reason = (error as Error).message;
        throw new UserError(`${reason}\nnpm run ${command} -- --help shows the options.`, 2);
    }
}
