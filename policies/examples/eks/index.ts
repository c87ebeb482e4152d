import type { Example, StackExample } from "../example.ts";
import { eksClusterExamples } from "./cluster.ts";
import { eksEndpointExamples } from "./endpoint.ts";
import { eksMetadataStackExamples } from "./metadata.ts";
import { eksNetworkPolicyStackExamples } from "./network-policy.ts";
import { eksNodeRoleStackExamples } from "./node-role.ts";
import { eksPrivateNodeStackExamples } from "./private-nodes.ts";

export const eksExamples: Record<string, readonly Example[]> = {
    ...eksEndpointExamples,
    ...eksClusterExamples,
};

export const eksStackExamples: Record<string, readonly StackExample[]> = {
    ...eksMetadataStackExamples,
    ...eksPrivateNodeStackExamples,
    ...eksNodeRoleStackExamples,
    ...eksNetworkPolicyStackExamples,
};
