import type { Rule } from "./rule.ts";
import { addressesHoldMaximum } from "./sums/addresses.ts";
import { podFitsNode } from "./sums/fit.ts";
import { quotaHoldsMaximum } from "./sums/quota.ts";
import { storageWithinQuota } from "./sums/storage.ts";

/** Sums over the stack: what is asked for against what there is. */
export const sumsRules: readonly Rule[] = [
    quotaHoldsMaximum,
    storageWithinQuota,
    podFitsNode,
    addressesHoldMaximum,
];
