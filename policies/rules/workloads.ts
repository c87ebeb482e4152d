import type { Rule } from "./rule.ts";

/** What workloads need to survive. */
export const workloadsRules: readonly Rule[] = [];
