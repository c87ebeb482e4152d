import pc from "picocolors";
import { seconds } from "./display.ts";
import type { Layout } from "./layout.ts";
import { shown } from "./layout.ts";
import type { Progress } from "./progress.ts";
import type { Action } from "./run.ts";
import type { State } from "./state.ts";
import {
    renderChanges,
    renderOutputs,
    renderPlan,
    renderPolicies,
    renderStanding,
} from "./summary.ts";

/** What a run that went well is told about. */
export interface ReportInput {
    readonly action: Action;
    readonly stack: string;
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
    const stands = action === "up" || action === "refresh";
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

function headline({ action, stack, progress, elapsed }: ReportInput): string {
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
                : `${stack} would change (${took}):`;
        case "refresh":
            return progress.differences.size === 0 && changed === ""
                ? `${stack} is as the state says: no drift (${took})`
                : `${stack} has drifted (${took}); npm run try puts it back:`;
        case "destroy":
            return changed === ""
                ? `${stack} was not there (${took})`
                : `${stack} is gone: ${changed} (${took})`;
    }
}

function section(title: string, lines: readonly string[]): string[] {
    return lines.map((line, index) => `${pc.bold((index === 0 ? title : "").padEnd(9))}${line}`);
}

function nextCommands({ action, stack }: ReportInput): string[] {
    const flag = stack === "dev" ? "" : ` --stack ${stack}`;
    const tryIt = (rest: string) =>
        `npm run try${`${flag}${rest}` === "" ? "" : ` --${flag}${rest}`}`;
    const rows: [string, string][] =
        action === "destroy" || action === "preview"
            ? [[tryIt(""), action === "preview" ? "does it" : "builds it again"]]
            : [
                  [tryIt(""), "the same again: finds nothing to do"],
                  [tryIt(" --refresh"), "looks for changes made by hand"],
                  ["npm run world -- list", "what stands in the simulated clouds"],
                  [
                      `. .local/env; pulumi -C .local/project stack output -s ${stack}`,
                      "plain pulumi",
                  ],
                  [tryIt(" --destroy"), "takes everything down"],
              ];
    const width = Math.max(...rows.map(([command]) => command.length));
    return rows.map(([command, words]) => `${command.padEnd(width)}  ${pc.dim(words)}`);
}
