import { gkeControlPlaneNotPublic } from "./clusters.ts";
import type { Rule } from "./rule.ts";

/** Clusters of GKE and their nodes. */
export const gkeRules: readonly Rule[] = [gkeControlPlaneNotPublic];
