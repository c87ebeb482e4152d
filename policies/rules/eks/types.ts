/** The resources by which a program makes a cluster of EKS and its nodes. */
export const CLUSTER = "aws:eks/cluster:Cluster";
export const NODE_GROUP = "aws:eks/nodeGroup:NodeGroup";
export const ADDON = "aws:eks/addon:Addon";
export const ACCESS_ENTRY = "aws:eks/accessEntry:AccessEntry";
export const LAUNCH_TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";
