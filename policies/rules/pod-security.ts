import type { Rule } from "./rule.ts";

/** What containers may do. */
export const podSecurityRules: readonly Rule[] = [];
