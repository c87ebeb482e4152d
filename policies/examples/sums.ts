import type { Example, StackExample } from "./example.ts";
import { addressesExamples } from "./sums/addresses.ts";
import { fitExamples } from "./sums/fit.ts";
import { quotaExamples } from "./sums/quota.ts";
import { storageExamples } from "./sums/storage.ts";

export const sumsExamples: Record<string, readonly Example[]> = {};

export const sumsStackExamples: Record<string, readonly StackExample[]> = {
    "k8s-quota-holds-maximum": quotaExamples,
    "k8s-storage-within-quota": storageExamples,
    "k8s-pod-fits-node": fitExamples,
    "cluster-addresses-hold-maximum": addressesExamples,
};
