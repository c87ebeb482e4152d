/**
 * One thing that is wrong with the user's input, in the user's words.
 *
 * Errors never carry internals: what was given, what is allowed, and what to do about it.
 */
export interface Problem {
    /** Where it stands, as the user wrote it: `sites.aws.cluster.nodePools.workers.max`. */
    readonly path: string;
    /** The value that was given, already safe to print. Left out where there is none. */
    readonly value?: string;
    /** What is allowed there, or what the value contradicts. */
    readonly message: string;
    /** What to do, in the imperative. */
    readonly fix: string;
}

/** A sentence ends in one mark, whatever it ended in before. */
const sentence = (text: string) => (/[.?!]$/.test(text) ? text : `${text}.`);

/** Renders a problem as one line: ``path: value is …. Fix.`` */
export function describeProblem(problem: Problem): string {
    const value = problem.value === undefined ? "" : `${problem.value} `;
    return `${problem.path}: ${value}${problem.message}. ${sentence(problem.fix)}`;
}
