import { fork } from "node:child_process";
import { join, relative, resolve } from "node:path";
import type { PackConfig } from "../../../policies/runtime/settings.ts";
import { UserError } from "../../lib/user-error.ts";
import type { Plan } from "../model.ts";
import type { Checkout } from "./checkout.ts";
import type { Prints } from "./prints.ts";

/** What the process that plans another revision is asked. */
export interface RevisionRequest {
    readonly root: string;
    readonly installed: boolean;
    readonly stacks: readonly string[];
    /** True if these are all stacks that there are here. */
    readonly all: boolean;
    readonly today: string;
    readonly policyConfig: PackConfig;
    readonly key: string;
}

/** What becomes of one stack in another revision. */
export type RevisionAnswer =
    | { readonly state: "planned"; readonly plan: Plan; readonly prints: Prints }
    | { readonly state: "missing" }
    | { readonly state: "failed"; readonly reason: string };

export interface RevisionAnswers {
    /** In the order of the stacks asked for. */
    readonly answers: readonly RevisionAnswer[];
    readonly notes: readonly string[];
}

/**
 * Plans stacks of another revision with that revision's program, in a process of its own: two revisions of a program
 * share nothing, and neither can take the other down.
 */
export function planRevision(
    checkout: Checkout,
    request: Omit<RevisionRequest, "root" | "installed">,
): Promise<RevisionAnswers> {
    const { root, installed, signal } = checkout;
    const file = join(import.meta.dirname, "process.ts");
    const child = fork(file, { cwd: root, signal, killSignal: "SIGKILL", silent: true });
    let said = "";
    const listen = (chunk: unknown) => void (said = (said + String(chunk)).slice(-4000));
    child.stdout?.on("data", listen);
    child.stderr?.on("data", listen);
    return new Promise((fulfil, reject) => {
        child.once("message", (answers) => fulfil(answers as RevisionAnswers));
        child.once("error", reject);
        child.once("close", () => {
            reject(new UserError(`The plan of the other revision ended early:\n${said}`, 2));
        });
        child.send({ ...request, root, installed } satisfies RevisionRequest);
    });
}

/** What another checkout calls a stack that the user named here. A file outside of the project is the same for both. */
export function stackElsewhere(stack: string, root: string): string {
    if (!stack.includes("/")) return stack;
    const path = resolve(root, stack);
    const inside = relative(root, path);
    return inside.startsWith("..") ? path : inside;
}
