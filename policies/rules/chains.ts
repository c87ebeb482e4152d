import { explicitProvider } from "./chains/explicit-provider.ts";
import { workloadIdentityChain } from "./chains/workload-identity.ts";
import type { Rule } from "./rule.ts";

/** What only several resources of several families show together. */
export const chainsRules: readonly Rule[] = [workloadIdentityChain, explicitProvider];
