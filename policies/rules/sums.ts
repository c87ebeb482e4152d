import type { Rule } from "./rule.ts";

/** Sums over the stack: what is asked for against what there is. */
export const sumsRules: readonly Rule[] = [];
