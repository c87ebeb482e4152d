import type { Rule } from "../rule.ts";

/** Where logs go and how long they are kept. */
export const logsRules: readonly Rule[] = [];
