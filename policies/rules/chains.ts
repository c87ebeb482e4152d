import type { Rule } from "./rule.ts";

/** What only several resources of several families show together. */
export const chainsRules: readonly Rule[] = [];
