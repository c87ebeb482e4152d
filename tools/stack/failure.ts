import pc from "picocolors";
import { ResourceError, RunError } from "@pulumi/pulumi";
import { UserError } from "../lib/user-error.ts";
import type { Progress } from "./progress.ts";
import { describeUrn } from "./progress.ts";

/** How a command ends. Documented in `npm run try -- --help`. */
export const EXIT = { done: 0, failed: 1, settings: 2, policy: 3, interrupted: 130 } as const;

/** A failure, ready to be shown. */
export interface Failure {
    readonly exitCode: number;
    readonly lines: readonly string[];
}

/**
 * Says in words why a run failed.
 *
 * @param error what the engine's run was rejected with
 * @param thrown what the program itself threw, if it did
 */
export function explain(error: unknown, thrown: unknown, progress: Progress): Failure {
    if (error instanceof UserError) return { exitCode: error.exitCode, lines: [error.message] };
    if (RunError.isInstance(thrown) || ResourceError.isInstance(thrown)) {
        return { exitCode: EXIT.settings, lines: [thrown.message] };
    }
    const broken = progress.findings.filter(({ mandatory }) => mandatory);
    if (broken.length > 0) {
        const violations = broken.map(
            ({ urn, policy, text }) =>
                `  ${urn === undefined ? "stack" : describeUrn(urn)}\n    ${policy}: ${text.replaceAll("\n", "\n    ")}`,
        );
        return {
            exitCode: EXIT.policy,
            lines: [`The policy pack stopped the run: ${broken.length} mandatory.`, ...violations],
        };
    }
    if (thrown !== undefined) {
        return { exitCode: EXIT.failed, lines: ["The program failed:", stackOf(thrown)] };
    }
    const errors = progress.messages.filter(({ severity }) => severity === "error");
    if (errors.length > 0) {
        const lines = errors.map(({ urn, text }) =>
            urn === undefined ? text : `${pc.bold(describeUrn(urn))}: ${text}`,
        );
        return { exitCode: EXIT.failed, lines };
    }
    const words = engineWords(error);
    if (words.includes("the stack is currently locked by")) {
        return {
            exitCode: EXIT.failed,
            lines: ["Another run of this stack has begun meanwhile. Wait for it."],
        };
    }
    return { exitCode: EXIT.failed, lines: [words] };
}

function stackOf(thrown: unknown): string {
    return thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
}

/** The engine's own last words, without the Automation API's wrapping. */
function engineWords(error: unknown): string {
    const text = error instanceof Error ? error.message : String(error);
    const lines = text.split("\n").filter((line) => /^\s*error: /.test(line));
    return lines.length > 0 ? [...new Set(lines.map((line) => line.trim()))].join("\n") : text;
}
