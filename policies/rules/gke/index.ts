import type { Rule } from "../rule.ts";
import { gkeControlPlaneNotPublic, gkeNoLegacyAuth, gkeSecretsCmek } from "./control-plane.ts";
import { gkeNetworkPolicy, gkePrivateNodes, gkeTrafficVisible } from "./network.ts";
import { gkeNoAlphaCos, gkeNodeAccount, gkeShieldedNodes, gkeWorkloadIdentity } from "./nodes.ts";
import {
    gkeAutoUpgrade,
    gkeBinaryAuthorization,
    gkeDeletionProtection,
    gkeLoggingMonitoring,
    gkeSecurityPosture,
} from "./upkeep.ts";

/** Clusters of GKE and their nodes. */
export const gkeRules: readonly Rule[] = [
    gkeControlPlaneNotPublic,
    gkePrivateNodes,
    gkeSecretsCmek,
    gkeWorkloadIdentity,
    gkeShieldedNodes,
    gkeNetworkPolicy,
    gkeNoLegacyAuth,
    gkeAutoUpgrade,
    gkeNodeAccount,
    gkeBinaryAuthorization,
    gkeLoggingMonitoring,
    gkeTrafficVisible,
    gkeSecurityPosture,
    gkeNoAlphaCos,
    gkeDeletionProtection,
];
