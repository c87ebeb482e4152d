import { changedFiles } from "./git.ts";

/** Where the rules stand, their levels and profiles, and the waivers. */
const GUARDRAILS = "policies";

/** As many as a reader takes in. */
const MOST_NAMES = 5;

/**
 * What a reviewer has to know where a change touches the guardrails themselves.
 *
 * Both revisions are judged by the rules of this one. A rule that was taken away, or made milder, therefore finds nothing
 * on either side, and without this note the comparison would read as if nothing had happened.
 */
export async function guardrailNotes(commit: string, root: string): Promise<readonly string[]> {
    const files = await changedFiles(commit, root, GUARDRAILS);
    if (files.length === 0) return [];
    const more = files.length > MOST_NAMES ? `, and ${files.length - MOST_NAMES} more` : "";
    const names = files.slice(0, MOST_NAMES).join(", ");
    return [
        `The guardrails differ as well, and those of this revision judge both: ${names}${more}.`,
    ];
}
