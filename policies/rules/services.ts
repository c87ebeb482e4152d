import type { Rule } from "./rule.ts";

/** How workloads are reached. */
export const servicesRules: readonly Rule[] = [];
