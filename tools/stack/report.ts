import pc from "picocolors";
import type { Subject } from "../lib/follow-up.ts";
import { commandFor } from "./arguments.ts";
import { seconds } from "./display.ts";
import type { Layout } from "./layout.ts";
import { shown } from "./layout.ts";
import type { Progress } from "./progress.ts";
import type { Action } from "./run.ts";
import type { State } from "./state.ts";
import {
    countChanges,
    renderChanges,
    renderOutputs,
    renderPlan,
    renderPolicies,
    renderStanding,
} from "./summary.ts";
import { protectedIn } from "./unprotect.ts";

/** What a run that went well is told about. */
export interface ReportInput {
    readonly action: Action;
    readonly stack: string;
    /** What the user asked for, for commands to copy. */
    readonly asked: Subject;
    readonly state: State;
    readonly progress: Progress;
    /** Milliseconds. */
    readonly elapsed: number;
    readonly layout: Layout;
}

/** The end of a run, for a person. */
export function report(input: ReportInput): string[] {
    const { action, state, progress, layout } = input;
    const plan = action === "preview" || action === "refresh" ? renderPlan(progress) : [];
    const stands = action === "up";
    return [
        "",
        pc.bold(headline(input)),
        ...plan,
        ...(stands ? [renderStanding(state), pc.bold("Outputs"), ...renderOutputs(state)] : []),
        ...section("Policies", renderPolicies(progress)),
        ...section("State", [
            `${shown(layout.state)} (passphrase in ${shown(layout.passphrase)}), simulated clouds in ${shown(layout.world)}`,
        ]),
        ...section("Next", nextCommands(input)),
    ];
}

function headline({ action, stack, asked, state, progress, elapsed }: ReportInput): string {
    const changed = renderChanges(progress);
    const took = seconds(elapsed);
    switch (action) {
        case "up":
            return changed === ""
                ? `${stack} stands as described: nothing to do (${took})`
                : `${stack} is up: ${changed} (${took})`;
        case "preview":
            return changed === "" && progress.differences.size === 0
                ? `${stack} would not change (${took})`
                : `${stack}: ${changesToMake(progress)} (${took})`;
        case "refresh":
            if (state.resources.length === 0) return `${stack} is not there: nothing to compare`;
            return progress.differences.size === 0 && changed === ""
                ? `${stack} is as the state says: no drift (${took})`
                : `${stack} has drifted (${took}); ${commandFor(asked)} puts it back:`;
        case "destroy":
            return changed === ""
                ? `${stack} was not there (${took})`
                : `${stack} is gone: ${changed} (${took})`;
    }
}

function section(title: string, lines: readonly string[]): string[] {
    return lines.map((line, index) => `${pc.bold((index === 0 ? title : "").padEnd(9))}${line}`);
}

/** What a preview came to: `3 changes to make`. */
export function changesToMake(progress: Progress): string {
    const count = countChanges(progress);
    if (count === 0) return "nothing to change";
    return `${count} ${count === 1 ? "change" : "changes"} to make`;
}

function nextCommands({ action, stack, asked, state, progress }: ReportInput): string[] {
    const guarded = protectedIn(state).length > 0;
    const changed = countChanges(progress) > 0 || progress.differences.size > 0;
    const again =
        action === "refresh" && changed ? "puts it back" : "the same again: finds nothing to do";
    const rows: Record<Action, [string, string][]> = {
        preview: changed ? [[commandFor(asked), "does it"]] : [],
        destroy: [[commandFor(asked), "builds it again"]],
        refresh: [[commandFor(asked), state.resources.length === 0 ? "builds it" : again]],
        up: [
            [commandFor(asked), again],
            [commandFor(asked, "--refresh"), "looks for changes made by hand"],
            ["npm run world -- list", "what stands in the simulated clouds"],
            [`. .local/env; pulumi -C .local/project stack output -s ${stack}`, "plain pulumi"],
            [
                commandFor(asked, "--destroy", ...(guarded ? ["--unprotect"] : [])),
                `takes everything down${guarded ? ", protection first" : ""}`,
            ],
        ],
    };
    const width = Math.max(...rows[action].map(([command]) => command.length));
    return rows[action].map(([command, words]) => `${command.padEnd(width)}  ${pc.dim(words)}`);
}
