import type { Rule } from "./rule.ts";

/** Whether a single command can delete what holds data. */
export const protectionRules: readonly Rule[] = [];
