import { namespacePodSecurity } from "./namespaces/labels.ts";
import { namespaceDefaultDeny } from "./namespaces/network.ts";
import { namespaceQuotaLimits } from "./namespaces/quotas.ts";
import type { Rule } from "./rule.ts";

/** What every namespace has. */
export const namespacesRules: readonly Rule[] = [
    namespaceDefaultDeny,
    namespacePodSecurity,
    namespaceQuotaLimits,
];
