import type { Problem } from "../lib/problem.ts";
import { describeProblem } from "../lib/problem.ts";

/** All problems as one text: a heading that names the file, and a numbered line for each. */
export function describeProblems(problems: readonly Problem[], file: string): string {
    const count = problems.length === 1 ? "1 problem" : `${problems.length} problems`;
    const lines = problems.map((problem, index) => `  ${index + 1}. ${describeProblem(problem)}`);
    return [`${file} has ${count}; nothing was created:`, ...lines].join("\n");
}
