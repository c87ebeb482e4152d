import { noLegacyComponents } from "./releases/legacy.ts";
import { releasePinned } from "./releases/pinned.ts";
import type { Rule } from "./rule.ts";

/** Charts and components past their time. */
export const releasesRules: readonly Rule[] = [releasePinned, noLegacyComponents];
