import type { Stack, StackResource } from "../../../runtime/stack.ts";
import type { Context } from "../../rule.ts";
import { RDS_PROXY } from "../types.ts";
import { elements } from "../../lists.ts";
import { homeOf, namesIn, rangeOf, type Home } from "./ranges.ts";

export const SECURITY_GROUP = "aws:ec2/securityGroup:SecurityGroup";
/** The types of security groups. */
export const GROUPS: readonly string[] = [
    SECURITY_GROUP,
    "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
];

const EKS = "aws:eks/cluster:Cluster";
const NODE_GROUP = "aws:eks/nodeGroup:NodeGroup";
const FARGATE = "aws:eks/fargateProfile:FargateProfile";
const TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";
const SUBNET = "aws:ec2/subnet:Subnet";

/** What is looked at to know a cluster. */
export const awsPeerTypes = [EKS, NODE_GROUP, FARGATE, TEMPLATE, SUBNET, "aws:ec2/vpc:Vpc"];

/** The security groups and subnets of the clusters' nodes and pods. */
export interface Peers {
    /** URNs of groups, and of clusters, which stand for the group that EKS makes. */
    readonly groups: ReadonlySet<string>;
    /** Whether nodes have groups of which only an id is known. */
    readonly otherGroups: boolean;
    readonly subnets: ReadonlySet<string>;
    readonly home: Home;
}

/** Tags by which EKS and Karpenter find the groups of nodes. */
const NODE_TAG = /^(?:kubernetes\.io\/cluster\/|karpenter\.sh\/discovery|aws:eks:cluster-name)/;

function isTagged({ given }: StackResource): boolean {
    const tags = given.get("tags").entries();
    return tags.state === "known" && tags.value.some(([name]) => NODE_TAG.test(name));
}

/** Where the groups of nodes stand: by type, the inputs in which they are noted and the lists that hold them. */
const HOLDERS: readonly (readonly [type: string, input: string, list: string])[] = [
    [EKS, "vpcConfig", "vpcConfig.securityGroupIds"],
    [TEMPLATE, "vpcSecurityGroupIds", "vpcSecurityGroupIds"],
    [TEMPLATE, "networkInterfaces", "networkInterfaces"],
    [NODE_GROUP, "launchTemplate", "launchTemplate"],
    // Proxies speak for the nodes.
    [RDS_PROXY, "vpcSecurityGroupIds", "vpcSecurityGroupIds"],
];

/** The groups of nodes, and whether there are others, of which only an id is known. */
function nodeGroupsOf(stack: Stack) {
    const templates = new Set(
        stack.all(NODE_GROUP).flatMap((nodes) => stack.targets(nodes, "launchTemplate")),
    );
    let partial = false;
    const found = HOLDERS.flatMap(([type, input, list]) =>
        stack
            .all(type)
            .filter((holder) => type !== TEMPLATE || templates.has(holder))
            .flatMap((holder) => {
                const targets = stack.targets(holder, input);
                const wanted = type === NODE_GROUP ? [TEMPLATE] : GROUPS;
                const groups = targets.filter((target) => wanted.includes(target.type));
                if (groups.length === 0 && holder.given.at(list).state !== "absent") {
                    partial = true;
                }
                return groups;
            }),
    );
    return { found: [...found, ...stack.all(...GROUPS).filter(isTagged)], partial };
}

/** The subnets of nodes and pods; those of the cluster itself only if nothing else is known. */
function nodeSubnetsOf(stack: Stack): readonly StackResource[] {
    const own = stack
        .all(NODE_GROUP, FARGATE)
        .flatMap((nodes) => stack.targets(nodes, "subnetIds"));
    const all =
        own.length > 0
            ? own
            : stack.all(EKS).flatMap((cluster) => stack.targets(cluster, "vpcConfig"));
    return [...new Set(all)].filter(({ type }) => type === SUBNET);
}

/** Who may reach databases on AWS. */
export function awsPeers(stack: Stack, { options }: Context): Peers {
    const clusters = stack.all(EKS);
    const subnets = nodeSubnetsOf(stack);
    const also = new Set(namesIn(options.get("also")));
    const home = homeOf(clusters.length > 0, [
        ...subnets.flatMap(({ given }) => [given.get("cidrBlock"), given.get("ipv6CidrBlock")]),
        ...elements(options.get("also")).filter((entry) => {
            const text = entry.text();
            return text.state === "known" && rangeOf(text.value) !== undefined;
        }),
    ]);
    const named = stack.all(...GROUPS).filter(({ name }) => also.has(name));
    const { found, partial } = nodeGroupsOf(stack);
    return {
        groups: new Set([...clusters, ...found, ...named].map(({ urn }) => urn)),
        otherGroups: partial,
        subnets: new Set(subnets.map(({ urn }) => urn)),
        home: { ...home, partial: home.partial || subnets.length === 0 },
    };
}
