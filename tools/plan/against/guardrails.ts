import { compare } from "../order.ts";
import { changedFiles } from "./git.ts";

/** Where the rules stand, their levels and profiles, and the waivers. */
const GUARDRAILS = "policies";

/** As many as a reader takes in. */
const MOST_NAMES = 5;

/**
 * The files of the guardrails that are not what a commit has there.
 *
 * @param levels the file of levels that the command line names, wherever it is
 */
export async function changedGuardrails(
    commit: string,
    root: string,
    levels = GUARDRAILS,
): Promise<readonly string[]> {
    const places = new Set(levels.startsWith("..") ? [GUARDRAILS] : [GUARDRAILS, levels]);
    const lists = await Promise.all([...places].map((place) => changedFiles(commit, root, place)));
    return [...new Set(lists.flat())].sort(compare);
}

/**
 * What a reviewer has to know where a change touches the guardrails themselves.
 *
 * Both revisions are judged by the rules of this one. A rule that was taken away, or made milder, therefore finds nothing
 * on either side, and without this note the comparison would read as if nothing had happened.
 */
export function guardrailNotes(files: readonly string[]): readonly string[] {
    if (files.length === 0) return [];
    const more = files.length > MOST_NAMES ? `, and ${files.length - MOST_NAMES} more` : "";
    const names = files.slice(0, MOST_NAMES).join(", ");
    return [
        `The guardrails differ as well, and those of this revision judge both: ${names}${more}.`,
    ];
}
