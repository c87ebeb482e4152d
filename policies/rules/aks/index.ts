import type { Rule } from "../rule.ts";
import {
    aksApiNotWorldOpen,
    aksEntraRbac,
    aksLocalAccountsDisabled,
    aksWorkloadIdentity,
} from "./access.ts";
import { aksAuditLogs } from "./audit-logs.ts";
import { aksDiskEncryption, aksNodesNoPublicIp } from "./nodes.ts";
import { aksAutoUpgrade, aksStandardTier } from "./operation.ts";
import {
    aksAzurePolicyAddon,
    aksDefender,
    aksKmsEtcd,
    aksNetworkPolicy,
    aksNoHttpRoutingRunCommand,
} from "./protection.ts";

/** Clusters of AKS and their nodes. */
export const aksRules: readonly Rule[] = [
    aksApiNotWorldOpen,
    aksLocalAccountsDisabled,
    aksEntraRbac,
    aksNetworkPolicy,
    aksNodesNoPublicIp,
    aksKmsEtcd,
    aksDefender,
    aksAuditLogs,
    aksAzurePolicyAddon,
    aksAutoUpgrade,
    aksWorkloadIdentity,
    aksDiskEncryption,
    aksStandardTier,
    aksNoHttpRoutingRunCommand,
];
