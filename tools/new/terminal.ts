import { createInterface, type Interface } from "node:readline/promises";
import { UserError } from "../lib/user-error.ts";

/** Somebody who answers. */
export interface Prompt {
    /** Asks, and gives the answer without blanks around it. */
    ask(question: string): Promise<string>;
    /** Ends the conversation. */
    close(): void;
}

/** A conversation on a terminal, which is taken at the first question: until then, and afterwards, Ctrl-C ends the command. */
export function terminal(input: NodeJS.ReadableStream, output: NodeJS.WritableStream): Prompt {
    let lines: Interface | undefined;
    const gone = new AbortController();
    const open = () => createInterface({ input, output }).once("close", () => gone.abort());
    return {
        ask: async (question) => {
            lines ??= open();
            try {
                return (await lines.question(question, gone)).trim();
            } catch {
                throw new UserError("Nothing was written.", 2);
            }
        },
        close: () => lines?.close(),
    };
}
