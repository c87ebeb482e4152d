import type { Comparison } from "../against/model.ts";
import { followUp } from "../../lib/follow-up.ts";
import { shellWord } from "../../lib/shell.ts";
import type { Request } from "../arguments.ts";
import type { Plan } from "../model.ts";
import { fit, LIMIT, sizeOf, type Block } from "./blocks.ts";
import { code, comment } from "./escape.ts";
import { comparisonBlocks } from "./comparison.ts";
import { alert } from "./parts.ts";
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

/** A plan, and how it differs from another revision's if it was compared. */
export interface Planned {
    readonly plan: Plan;
    readonly comparison?: Comparison;
    /** Why there is no comparison although one was asked for. */
    readonly error?: unknown;
}

export interface DocumentOptions {
    /** Tells the comments of several jobs apart: the stack, or `all`. */
    readonly subject: string;
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
    planned: readonly Planned[],
    { subject, command, limit = LIMIT }: DocumentOptions,
): string {
    const marker = comment(`platform-plan: ${planned[0]?.plan.project ?? ""}/${subject}`);
    const compared = planned.some(({ comparison }) => comparison !== undefined);
    const foot = compared
        ? "The other revision's program, settings and stack file are judged by this revision's rules."
        : "";
    const head = `${marker}\n`;
    const room = limit - Buffer.byteLength(head + foot) - 1;
    const blocks = planned.map(blocksOf);
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

function blocksOf({ plan, comparison, error }: Planned): readonly Block[] {
    if (comparison !== undefined) return comparisonBlocks(plan, comparison);
    const reason = error instanceof Error ? [code(error.message)] : [];
    return [...planBlocks(plan), ...alert("CAUTION", reason)];
}
