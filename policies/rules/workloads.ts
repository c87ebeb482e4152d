import type { Rule } from "./rule.ts";
import { noBarePod } from "./workloads/bare.ts";
import { budgetPresentAndSane } from "./workloads/budgets.ts";
import { minReplicasSpread } from "./workloads/spread.ts";

/** What workloads need to survive. */
export const workloadsRules: readonly Rule[] = [noBarePod, minReplicasSpread, budgetPresentAndSane];
