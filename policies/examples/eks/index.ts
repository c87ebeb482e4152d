import type { Example, StackExample } from "../example.ts";
import { eksClusterExamples } from "./cluster.ts";
import { eksNetworkPolicyStackExamples } from "./network-policy.ts";
import { eksNodeStackExamples } from "./nodes.ts";

export const eksExamples: Record<string, readonly Example[]> = eksClusterExamples;

export const eksStackExamples: Record<string, readonly StackExample[]> = {
    ...eksNodeStackExamples,
    ...eksNetworkPolicyStackExamples,
};
