import type { Rule } from "./rule.ts";

/** What identities inside a cluster may do. */
export const rbacRules: readonly Rule[] = [];
