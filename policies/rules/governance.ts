import type { Rule } from "./rule.ts";

/** Who owns what, where it is, and what protects it. */
export const governanceRules: readonly Rule[] = [];
