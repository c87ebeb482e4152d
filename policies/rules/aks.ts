import { aksApiNotWorldOpen } from "./clusters.ts";
import type { Rule } from "./rule.ts";

/** Clusters of AKS and their nodes. */
export const aksRules: readonly Rule[] = [aksApiNotWorldOpen];
