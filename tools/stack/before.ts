import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { describeProblems } from "../../components/settings/problems.ts";
import { Store } from "../../simulator/store.ts";
import { timeScale } from "../../simulator/time-scale.ts";
import { UserError } from "../lib/user-error.ts";
import { checkStackFile } from "../settings/command.ts";
import { readStackFile } from "../settings/stack-file.ts";
import { EXIT } from "./failure.ts";
import type { Layout } from "./layout.ts";
import type { Action } from "./run.ts";

/**
 * Refuses a file that is no YAML or says a key twice, of which the engine names no line and takes the last; and before
 * the program runs, wrong settings, which the engine would tell twice.
 */
export async function refuseWrong(file: string, action: Action): Promise<void> {
    const name = basename(file);
    const text = await readFile(file, "utf8");
    const runs = action === "up" || action === "preview";
    const { problems = [] } = runs ? checkStackFile(text, name) : readStackFile(text, name);
    if (problems.length > 0) throw new UserError(describeProblems(problems, name), EXIT.settings);
}

/** Checks what each simulated cloud would end over, in the middle of a run: the scale of its time, and its world. */
export function checkClouds({ world }: Layout): void {
    const check = (look: () => unknown) => {
        try {
            look();
        } catch (error) {
            throw new UserError(`${(error as Error).message.replace(/\.$/, "")}.`, EXIT.settings);
        }
    };
    check(() => timeScale());
    check(() => Store.open(world).close());
}
