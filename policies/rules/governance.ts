import { dataResidency } from "./governance/residency.ts";
import { tagsRequired } from "./governance/tags.ts";
import type { Rule } from "./rule.ts";

/** Whose everything is, and where. */
export const governanceRules: readonly Rule[] = [tagsRequired, dataResidency];
