import * as pulumi from "@pulumi/pulumi";
import type { Problem } from "./problem.ts";
import { describeProblem } from "./problem.ts";

/**
 * The error for input that a component refuses.
 *
 * Pulumi prints a ResourceError without a stack trace, next to the resource it belongs to.
 */
export function refuse(
    resource: pulumi.Resource,
    name: string,
    problems: readonly Problem[],
): void {
    if (problems.length === 0) return;
    const lines = problems.map((problem) => describeProblem(problem));
    throw new pulumi.ResourceError(`${name}: ${lines.join("\n")}`, resource, true);
}
