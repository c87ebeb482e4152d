import type { Refusal, World } from "../../table.ts";
import { trusts, unless } from "./common.ts";

export const CLUSTER = "aws:eks/cluster:Cluster";
export const NODE_GROUP = "aws:eks/nodeGroup:NodeGroup";
export const ADDON = "aws:eks/addon:Addon";
export const ENTRY = "aws:eks/accessEntry:AccessEntry";
export const ASSOCIATION = "aws:eks/accessPolicyAssociation:AccessPolicyAssociation";
export const POD_IDENTITY = "aws:eks/podIdentityAssociation:PodIdentityAssociation";

/** Minor versions that EKS offers in November 2026, extended support included. */
export const VERSIONS = ["1.31", "1.32", "1.33", "1.34", "1.35", "1.36", "1.37"];

export const INVALID = "api error InvalidParameterException:";

/** What lies in a cluster names it; it vanishes with it and never keeps it. */
export const inCluster = {
    path: "clusterName",
    to: [CLUSTER],
    by: "name",
    blocks: false,
    words: (name: string) =>
        `api error ResourceNotFoundException: No cluster found for name: ${name}.`,
} as const;

/** EKS has to be trusted with both actions, or no pod gets credentials. */
export function admitPodRole(roleArn: string, world: World): Refusal[] {
    return unless(
        trusts(world, roleArn, "pods.eks.amazonaws.com", ["sts:AssumeRole", "sts:TagSession"]),
        `${INVALID} Trust policy of role ${roleArn} does not allow pods.eks.amazonaws.com to assume it and tag the session`,
    );
}
