import type { Rule } from "./rule.ts";

/** Charts and components past their time. */
export const releasesRules: readonly Rule[] = [];
