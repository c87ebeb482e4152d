import pc from "picocolors";
import { ResourceError, RunError } from "@pulumi/pulumi";
import { groupBy } from "../lib/group.ts";
import { UserError } from "../lib/user-error.ts";
import type { Finding, Progress } from "./progress.ts";
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
    if (broken.length > 0) return { exitCode: EXIT.policy, lines: violations(broken) };
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

/** What breaks mandatory rules: a finding once, below all resources that it is about. */
function violations(broken: readonly Finding[]): readonly string[] {
    const resource = ({ urn }: Finding) => `  ${urn === undefined ? "stack" : describeUrn(urn)}`;
    const words = ({ policy, text }: Finding) =>
        `    ${policy}: ${text.replaceAll("\n", "\n    ")}`;
    const count = broken.length === 1 ? "1 violation" : `${broken.length} violations`;
    return [
        `The policy pack stopped the run: ${count} of mandatory rules.`,
        ...[...groupBy(broken, words)].map(([text, all]) =>
            [...all.map(resource), text].join("\n"),
        ),
        "Mend the settings or the program, or waive in policies/waivers.yaml what somebody answers for (docs/guardrails.md).",
    ];
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
