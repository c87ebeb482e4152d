import type { Output } from "./output.ts";
import { UserError } from "./user-error.ts";

/**
 * The exit code of a command. What the user did wrong is a message and its exit code; a fault of the program is thrown
 * on, so that Node shows its trace.
 */
export async function exitCodeOf(command: () => Promise<number>, errors: Output): Promise<number> {
    try {
        return await command();
    } catch (error) {
        if (!(error instanceof UserError)) throw error;
        errors.write(`${error.message}\n`);
        return error.exitCode;
    }
}
