import { cp, mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { exitCodeOf } from "../lib/exit-code.ts";
import { readOptions } from "../lib/options.ts";
import type { Output } from "../lib/output.ts";
import { ROOT } from "../stack/layout.ts";
import { buildActionlint, lintWorkflows } from "./actionlint.ts";

const HELP = `npm run check:workflows

Checks this repository's workflows for GitHub, and those in ci/github as they are once they have been copied.

Exit codes: 0 all is well · 1 something is wrong with one · 2 they could not be checked.`;

/** `npm run check:workflows`. Returns the exit code. */
export function workflowsCommand(
    args: readonly string[],
    out: Output,
    errors: Output,
    env: NodeJS.ProcessEnv,
): Promise<number> {
    return exitCodeOf(() => execute(args, out, env), errors);
}

async function execute(
    args: readonly string[],
    out: Output,
    env: NodeJS.ProcessEnv,
): Promise<number> {
    const { help } = readOptions("check:workflows", args, {
        help: { type: "boolean", short: "h", default: false },
    });
    const problems = help ? HELP : await check(env);
    if (problems !== "") out.write(`${problems}\n`);
    return help || problems === "" ? 0 : 1;
}

async function check(env: NodeJS.ProcessEnv): Promise<string> {
    const actionlint = await buildActionlint(env);
    const copied = await withCopy(join(ROOT, "ci", "github"), (project) =>
        lintWorkflows(actionlint, project),
    );
    return [lintWorkflows(actionlint, ROOT), copied].filter(Boolean).join("\n");
}

/** Copies workflows to where GitHub looks for them, in a project that is gone afterwards. */
export async function withCopy<T>(
    workflows: string,
    use: (project: string) => T | Promise<T>,
): Promise<T> {
    const project = await mkdtemp(join(tmpdir(), "workflows-"));
    try {
        // Where actionlint takes a project to begin.
        await mkdir(join(project, ".git"));
        await cp(workflows, join(project, ".github"), { recursive: true });
        return await use(project);
    } finally {
        await rm(project, { recursive: true, force: true });
    }
}
