import type { Rule } from "./rule.ts";
import { rbacNoClusterAdmin } from "./rbac/bindings.ts";
import {
    rbacNoBroadCreate,
    rbacNoEscalation,
    rbacNoWildcards,
    rbacSecretsMinimized,
} from "./rbac/roles.ts";

/** What identities inside a cluster may do. */
export const rbacRules: readonly Rule[] = [
    rbacNoClusterAdmin,
    rbacNoWildcards,
    rbacNoEscalation,
    rbacSecretsMinimized,
    rbacNoBroadCreate,
];
