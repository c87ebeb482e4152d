import type { Comparison } from "../against/model.ts";
import { followUp } from "../../lib/follow-up.ts";
import { shellWord } from "../../lib/shell.ts";
import type { Request } from "../arguments.ts";
import type { Plan } from "../model.ts";
import { fit, LIMIT, sizeOf, type Block } from "./blocks.ts";
import { code, comment, prose } from "./escape.ts";
import { comparisonBlocks } from "./comparison.ts";
import { alert, paragraph } from "./parts.ts";
import { planBlocks } from "./plan.ts";

/** What a document is about, as the command line says it. */
export function documentOptions(request: Request): DocumentOptions {
    const { all, stack, against, json } = request;
    const other = against === undefined ? [] : ["--against", shellWord(against)];
    const file = json === undefined || json === "-" ? "plan.json" : json;
    const options = [...(all ? ["--all"] : []), ...other, "--json", shellWord(file)];
    const command = followUp("plan", all ? { ...request, stack: undefined } : request, ...options);
    return { subject: all ? "all" : stack, command };
}

/** What became of a stack: a plan, how it differs from another revision's, or why there is none of either. */
export interface Told {
    /** The stack as the user called it. */
    readonly asked?: string;
    readonly plan?: Plan;
    readonly comparison?: Comparison;
    /** Why there is no plan, or no comparison although one was asked for. */
    readonly error?: unknown;
}

export interface DocumentOptions {
    /** Tells the comments of several jobs apart: the stack, or `all`. */
    readonly subject: string;
    /** The project's name, where no stack could be planned that knows it. */
    readonly project?: string;
    /** The command that shows everything, as a user types it. */
    readonly command: string;
    /** @default what GitHub takes as a comment */
    readonly limit?: number;
}

/**
 * Plans as one comment on a pull request. It begins with a comment that nobody sees, by which CI finds its own again:
 * `<!-- platform-plan: platform/dev -->`.
 */
export function renderDocument(
    told: readonly Told[],
    { subject, command, project = "", limit = LIMIT }: DocumentOptions,
): string {
    const named = told.find(({ plan }) => plan !== undefined)?.plan?.project ?? project;
    const marker = comment(`platform-plan: ${named}/${subject}`);
    const compared = told.some(({ comparison }) => comparison !== undefined);
    const foot = compared
        ? "The other revision's program, settings and stack file are judged by this revision's rules."
        : "";
    const head = `${marker}\n`;
    const room = limit - Buffer.byteLength(head + foot) - 1;
    // What could not be planned comes first: all else may look fine.
    const failed = told.filter(({ plan }) => plan === undefined);
    const planned = told.filter(({ plan }) => plan !== undefined);
    const blocks = [...failed, ...planned].map(blocksOf);
    const shares = sharesOf(blocks.map(sizeOf), room);
    const parts = blocks.map((own, index) => fit(own, shares[index] ?? 0, code(command)));
    return [head, ...parts, foot && `${foot}\n`].join("");
}

/** Who needs less than an equal share leaves the rest to those that need more. */
function sharesOf(needs: readonly number[], room: number): readonly number[] {
    const shares = needs.map(() => 0);
    let left = room;
    [...needs.entries()]
        .sort(([, one], [, other]) => one - other)
        .forEach(([index, need], place) => {
            const share = Math.min(need, Math.floor(left / (needs.length - place)));
            shares[index] = share;
            left -= share;
        });
    return shares;
}

function blocksOf({ asked = "", plan, comparison, error }: Told): readonly Block[] {
    const problem = alert("CAUTION", error === undefined ? [] : linesOf(error));
    if (plan === undefined) {
        return [
            ...paragraph([`### ${code(asked)}\n`, "**This stack cannot be planned.**\n"]),
            ...problem,
        ];
    }
    if (comparison !== undefined) return comparisonBlocks(plan, comparison);
    const [head, ...rest] = planBlocks(plan);
    return [...(head ? [head] : []), ...problem, ...rest];
}

/** The words of an error, without the trace that the pipeline's log has. */
function linesOf(error: unknown): readonly string[] {
    const words = error instanceof Error ? error.message : String(error);
    return words
        .split("\n")
        .filter((line) => line.trim() !== "")
        .map((line) => prose(line.trim()));
}
