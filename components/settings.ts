import * as pulumi from "@pulumi/pulumi";
import { describeProblem, type Problem } from "./lib/problem.ts";
import { NAMESPACE, settingOf } from "./settings/namespace.ts";
import { parse } from "./settings/parse.ts";
import { describeProblems } from "./settings/problems.ts";
import type { Settings } from "./settings/types.ts";

export { parse } from "./settings/parse.ts";
export type { Parsed, ParseOptions } from "./settings/parse.ts";
export type { Settings, SiteSettings } from "./settings/types.ts";

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
 * What the stack's configuration says under the project's namespace, misspelt keys and namespaces included.
 *
 * `pulumi.Config` can only be asked for keys that one knows; a key that nobody asks for would be ignored in silence.
 */
export function readRaw(): Record<string, unknown> {
    return Object.fromEntries(
        Object.entries(pulumi.runtime.allConfig()).flatMap(([key, text]) => {
            const own = settingOf(key);
            // An empty text is what Pulumi.yaml gives a key that the stack has to say and does not.
            return own === undefined || text === "" ? [] : [[own, decode(text)]];
        }),
    );
}

/** Pulumi's own question whether a key holds encrypted values, which its types leave out. */
const { isConfigSecret } = pulumi.runtime as typeof pulumi.runtime & {
    isConfigSecret(key: string): boolean;
};

/** Refuses encrypted values: what settings describe, such as a pod's variables, shows them to everybody. */
function secretProblems(raw: Readonly<Record<string, unknown>>): Problem[] {
    return Object.keys(raw)
        .filter((key) => isConfigSecret(`${NAMESPACE}:${key}`))
        .map((key) => ({
            path: key,
            message:
                "holds an encrypted value, and settings are shown in plain in what they describe",
            fix: "Put the secret into the site's secret store, and take it out here",
        }));
}

/**
 * The settings of the stack that is being run. What may still hurt is said as a warning of the stack.
 *
 * Throws one error with everything that is wrong, before any resource is registered. The engine prints it without a
 * stack trace.
 */
export function loadSettings(): Settings {
    const raw = readRaw();
    const file = `Pulumi.${pulumi.getStack()}.yaml`;
    const secrets = secretProblems(raw);
    // Nothing else is said then: another problem might quote the decrypted value.
    if (secrets.length > 0) throw new pulumi.RunError(describeProblems(secrets, file));
    const parsed = parse(raw);
    if (parsed.settings === undefined) {
        throw new pulumi.RunError(describeProblems(parsed.problems, file));
    }
    for (const warning of parsed.settings.warnings) void pulumi.log.warn(describeProblem(warning));
    return parsed.settings;
}
