import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { readArguments as readPlanArguments } from "../../tools/plan/arguments.ts";
import { readArguments as readPostArguments } from "../../tools/post/command.ts";
import { ROOT } from "../../tools/stack/layout.ts";

export interface Step {
    readonly if?: string;
    readonly uses?: string;
    readonly run?: string;
    readonly with?: Readonly<Record<string, unknown>>;
    readonly env?: Readonly<Record<string, unknown>>;
}

export interface Job {
    readonly if?: string;
    readonly permissions?: Readonly<Record<string, string>>;
    readonly environment?: string;
    readonly concurrency?: { readonly group: string; readonly "cancel-in-progress": boolean };
    readonly strategy?: { readonly matrix: { readonly stack: readonly string[] } };
    readonly steps: readonly Step[];
    readonly "timeout-minutes"?: number;
}

/** A workflow's file, or that of an action, as a text and as what it says. */
export interface Workflow {
    readonly file: string;
    readonly text: string;
    readonly on: unknown;
    readonly permissions: unknown;
    readonly jobs: Readonly<Record<string, Job>>;
    /** Of jobs and actions alike. */
    readonly steps: readonly Step[];
}

interface Parsed {
    readonly on?: unknown;
    readonly permissions?: unknown;
    readonly jobs?: Readonly<Record<string, Job>>;
    readonly runs?: { readonly steps: readonly Step[] };
}

/** The workflows and actions of a folder. */
export function readWorkflows(pattern: string): readonly Workflow[] {
    return globSync(pattern, { cwd: ROOT }).map((file) => {
        const text = readFileSync(join(ROOT, file), "utf8");
        const { on, permissions, jobs = {}, runs } = parse(text) as Parsed;
        const steps = [...(runs?.steps ?? []), ...Object.values(jobs).flatMap((job) => job.steps)];
        return { file, text, on, permissions, jobs, steps };
    });
}

export const DOCUMENT = readFileSync(join(ROOT, "docs", "continuous-integration.md"), "utf8");

const SCRIPTS = (
    JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as { scripts: object }
).scripts;

const READERS: Readonly<Record<string, (args: readonly string[]) => unknown>> = {
    plan: readPlanArguments,
    post: readPostArguments,
};

/** What is wrong with a command of a pipeline; empty if nothing is. */
export function problemOf(command: string): string {
    if (command.includes("\n")) return "is more than one line, which no test runs";
    const [, script, rest = ""] = /^npm (?:run )?([\w:-]+)(?: -- (.*))?$/.exec(command) ?? [];
    if (script === undefined || script === "ci" || script === "test") return "";
    if (!Object.hasOwn(SCRIPTS, script)) return `there is no npm run ${script}`;
    // A variable without quotation marks may hold an option or nothing.
    const words = [...rest.matchAll(/"([^"]*)"|(\S+)/g)]
        .filter(([, , word]) => !word?.startsWith("$"))
        .map(([, quoted, word = ""]) => quoted ?? word);
    try {
        READERS[script]?.(words);
        return "";
    } catch (error) {
        return String(error);
    }
}
