import type { Rule } from "./rule.ts";

/** What every namespace has. */
export const namespacesRules: readonly Rule[] = [];
