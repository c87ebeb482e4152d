import type { Rule } from "../rule.ts";
import {
    eksAccessEntriesOnly,
    eksControlPlaneLogsAll,
    eksDeletionProtection,
    eksSecretsKms,
} from "./cluster.ts";
import { eksEndpointNotWorldOpen, eksPrivateEndpointEnabled } from "./endpoint.ts";
import { eksNodeImdsv2Hop1 } from "./metadata.ts";
import { eksNetworkPolicyOn } from "./network-policy.ts";
import { eksNodeRoleLeastPrivilege } from "./node-role.ts";
import { eksNodesPrivate } from "./private-nodes.ts";
import { eksNodeNoOpenSsh } from "./ssh.ts";

/** Clusters of EKS and their nodes. */
export const eksRules: readonly Rule[] = [
    eksEndpointNotWorldOpen,
    eksPrivateEndpointEnabled,
    eksSecretsKms,
    eksControlPlaneLogsAll,
    eksAccessEntriesOnly,
    eksDeletionProtection,
    eksNodeNoOpenSsh,
    eksNodeImdsv2Hop1,
    eksNodesPrivate,
    eksNodeRoleLeastPrivilege,
    eksNetworkPolicyOn,
];
