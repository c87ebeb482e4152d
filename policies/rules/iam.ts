import { iamNoStarAdmin, iamNoWildcardTrust } from "./iam/permissions.ts";
import { noServiceAccountKeys, workloadSubjectPinned } from "./iam/workloads.ts";
import type { Rule } from "./rule.ts";

/** What identities may do, and who may take them on. */
export const iamRules: readonly Rule[] = [
    iamNoStarAdmin,
    iamNoWildcardTrust,
    workloadSubjectPinned,
    noServiceAccountKeys,
];
