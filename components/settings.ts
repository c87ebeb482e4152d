import * as pulumi from "@pulumi/pulumi";
import { describeProblem } from "./lib/errors.ts";
import type { Problem } from "./lib/errors.ts";
import { parse } from "./settings/parse.ts";
import type { Settings } from "./settings/types.ts";

export { parse } from "./settings/parse.ts";
export type { Parsed, ParseOptions } from "./settings/parse.ts";
export type { Settings, SiteSettings } from "./settings/types.ts";

/** The namespace of the settings in a stack file: the project's name in Pulumi.yaml. */
export const NAMESPACE = "platform";

/** A value as the engine hands it over: a text, which for anything but a text is JSON. */
function decode(text: string): unknown {
    if (!/^\s*[[{]/.test(text)) return text;
    try {
        return JSON.parse(text) as unknown;
    } catch {
        return text;
    }
}

/**
 * What the stack's configuration says under the project's namespace, misspelt keys included.
 *
 * `pulumi.Config` can only be asked for keys that one knows; a key that nobody asks for would be ignored in silence.
 */
export function readRaw(): Record<string, unknown> {
    const prefix = `${NAMESPACE}:`;
    return Object.fromEntries(
        Object.entries(pulumi.runtime.allConfig())
            .filter(([key]) => key.startsWith(prefix))
            .map(([key, text]) => [key.slice(prefix.length), decode(text)]),
    );
}

/** All problems as one text: a heading that names the file, and a numbered line for each. */
export function describeProblems(problems: readonly Problem[], file: string): string {
    const count = problems.length === 1 ? "1 problem" : `${problems.length} problems`;
    const lines = problems.map((problem, index) => `  ${index + 1}. ${describeProblem(problem)}`);
    return [`${file} has ${count}; nothing was created:`, ...lines].join("\n");
}

/**
 * The settings of the stack that is being run.
 *
 * Throws one error with everything that is wrong, before any resource is registered. The engine prints it without a
 * stack trace.
 */
export function loadSettings(): Settings {
    const parsed = parse(readRaw());
    if (parsed.settings) return parsed.settings;
    const file = `Pulumi.${pulumi.getStack()}.yaml`;
    throw new pulumi.RunError(describeProblems(parsed.problems, file));
}
