import { relative, resolve } from "node:path";
import type { PackConfig } from "../../../policies/runtime/settings.ts";
import type { Plan } from "../model.ts";
import type { Checkout } from "./checkout.ts";
import { ask } from "./child.ts";
import type { Prints } from "./prints.ts";

/** What the process that plans another revision is asked. */
export interface RevisionRequest {
    readonly root: string;
    readonly installed: boolean;
    readonly stacks: readonly string[];
    /** True if these are all stacks that there are here. */
    readonly all: boolean;
    readonly today: string;
    readonly policyConfig: PackConfig;
    readonly key: string;
}

/** What becomes of one stack in another revision. */
export type RevisionAnswer =
    | { readonly state: "planned"; readonly plan: Plan; readonly prints: Prints }
    | { readonly state: "missing" }
    | { readonly state: "failed"; readonly reason: string };

export interface RevisionAnswers {
    /** In the order of the stacks asked for. */
    readonly answers: readonly RevisionAnswer[];
    readonly notes: readonly string[];
}

/** Plans stacks of another revision with that revision's program. */
export function planRevision(
    checkout: Checkout,
    request: Omit<RevisionRequest, "root" | "installed">,
): Promise<RevisionAnswers> {
    const { root, installed } = checkout;
    const whole = { ...request, root, installed } satisfies RevisionRequest;
    return ask<RevisionAnswers>("process.ts", whole, checkout, "The plan of the other revision");
}

/** What another checkout calls a stack that the user named here. A file outside of the project is the same for both. */
export function stackElsewhere(stack: string, root: string): string {
    if (!stack.includes("/")) return stack;
    const path = resolve(root, stack);
    const inside = relative(root, path);
    return inside.startsWith("..") ? path : inside;
}
