import { fork } from "node:child_process";
import { join } from "node:path";
import { UserError } from "../../lib/user-error.ts";
import type { Checkout } from "./checkout.ts";

/**
 * Asks a process that runs in another revision's folder: two revisions share nothing, and neither can take the other down.
 *
 * @param file the program of this revision that answers, beside this one
 * @param doing what it does, to be said should it end before it answers
 */
export function ask<T>(
    file: string,
    request: object,
    { root, signal }: Checkout,
    doing: string,
): Promise<T> {
    const path = join(import.meta.dirname, file);
    const child = fork(path, { cwd: root, signal, killSignal: "SIGKILL", silent: true });
    let said = "";
    const listen = (chunk: unknown) => void (said = (said + String(chunk)).slice(-4000));
    child.stdout?.on("data", listen);
    child.stderr?.on("data", listen);
    return new Promise((fulfil, reject) => {
        child.once("message", (answer) => fulfil(answer as T));
        child.once("error", reject);
        child.once("close", () => reject(new UserError(`${doing} ended early:\n${said}`, 2)));
        child.send(request);
    });
}
