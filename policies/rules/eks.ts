import { eksEndpointNotWorldOpen } from "./clusters.ts";
import type { Rule } from "./rule.ts";

/** Clusters of EKS and their nodes. */
export const eksRules: readonly Rule[] = [eksEndpointNotWorldOpen];
