// Plans another revision: the program, its settings and its stack file come from there, the rules and all else from here.
import "../../preload.js";
import { registerHooks } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { RevisionAnswers, RevisionRequest } from "./revision.ts";

process.once("message", (request: RevisionRequest) => void answer(request));
// Nobody waits for the answer any more.
process.once("disconnect", () => process.exit(0));

async function answer(request: RevisionRequest): Promise<void> {
    if (request.installed) usePackagesOf(request.root);
    // Only now, so that the SDKs are those of the program.
    const { planStacks } = await import("./stacks.ts");
    const answers: RevisionAnswers = await planStacks(request);
    process.send?.(answers, () => process.exit(0));
}

/** Lets everything here use the packages that a folder has, as far as it has them: a program and what runs it share one SDK. */
function usePackagesOf(root: string): void {
    const parentURL = pathToFileURL(join(root, "package.json")).href;
    registerHooks({
        resolve(specifier, context, next) {
            if (/^(?:\.|\/|[a-z]+:)/.test(specifier)) return next(specifier, context);
            if (context.parentURL?.includes("/node_modules/")) return next(specifier, context);
            try {
                return next(specifier, { ...context, parentURL });
            } catch {
                return next(specifier, context);
            }
        },
    });
}
