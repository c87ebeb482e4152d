import type { Rule } from "./rule.ts";

/** Load balancers, gateways and what stands in front of them. */
export const edgeRules: readonly Rule[] = [];
