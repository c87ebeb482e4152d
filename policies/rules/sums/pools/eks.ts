import { Value } from "../../../runtime/reader.ts";
import {
    attached,
    type Attachments,
    type Stack,
    type StackResource,
} from "../../../runtime/stack.ts";
import { isOn, type Truth } from "../../../runtime/truth.ts";
import { CLUSTERS } from "../../places.ts";
import type { Amount } from "../../scale.ts";
import { awsAllocatable, awsMachine, awsPods } from "../machines/aws.ts";
import type { Machine } from "../machines/machine.ts";
import { machinesBy, required, type NodePools, type Pool } from "./pool.ts";

export const NODE_GROUP = "aws:eks/nodeGroup:NodeGroup";
const TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";
const ADDON = "aws:eks/addon:Addon";
const FARGATE = "aws:eks/fargateProfile:FargateProfile";
const SELF_MANAGED = ["aws:autoscaling/group:Group", "aws:ec2/instance:Instance"];

/** What is read besides the cluster. */
export const EKS_TYPES: readonly string[] = [NODE_GROUP, TEMPLATE, ADDON, FARGATE, ...SELF_MANAGED];

/** How a node group's pods get their addresses. */
export type Addressing = "single" | "prefixes" | "none" | { readonly unknown: string };

/** What the kubelet is told in user data, in the ways of all node images. */
const MAX_PODS = /max-?pods["']?\s*[:=]\s*["']?(\d{1,4})/i;

/** The type that EKS takes where none is given. */
const DEFAULT_TYPE = new Value("t3.medium", undefined, "instanceTypes");

/** The pools of the EKS clusters of a stack. */
export function eksPools(stack: Stack): readonly NodePools[] {
    const clusters = stack.all(CLUSTERS.eks);
    const link = { input: "clusterName", names: ["name"] };
    const groups = attached(stack, clusters, { types: [NODE_GROUP], ...link });
    const profiles = attached(stack, clusters, { types: [FARGATE], ...link });
    return clusters.map((cluster) => {
        const auto = isOn(cluster.given.at("computeConfig.enabled"), false);
        const others = [...groups.loose, ...profiles.of(cluster), ...stack.all(...SELF_MANAGED)];
        return {
            cluster,
            pools: groups
                .of(cluster)
                .map((group) => pool(stack, group, addressingOf(stack, cluster))),
            doubt: auto !== false ? "computeConfig" : others.length > 0 ? "nodes" : undefined,
        };
    });
}

function pool(stack: Stack, group: StackResource, addressing: Addressing): Pool {
    const { given } = group;
    const [template] = stack
        .targets(group, "launchTemplate")
        .filter(({ type }) => type === TEMPLATE);
    const types = given.get("instanceTypes").list();
    const isTemplated = given.get("launchTemplate").state !== "absent";
    const names =
        types.state === "known" && types.value.length > 0
            ? types.value
            : isTemplated
              ? [template?.given.get("instanceType") ?? given.get("launchTemplate")]
              : [types.state === "unknown" ? given.get("instanceTypes") : DEFAULT_TYPE];
    const { machines, unknown } = machinesBy(names, awsMachine);
    const count = given.at("scalingConfig.maxSize");
    return {
        resource: group,
        at: given,
        count,
        nodes: required(count),
        surge: 0,
        pods: podsOn(machines, addressing, isTemplated, template, unknown),
        machines,
        offers: machines.map(awsAllocatable),
        unknown,
    };
}

/** What user data says, or what the interfaces of the smallest machine allow. */
function podsOn(
    machines: readonly Machine[],
    addressing: Addressing,
    isTemplated: boolean,
    template: StackResource | undefined,
    unknown: string | undefined,
): Amount {
    if (isTemplated) {
        const data = template?.given.get("userData");
        if (data === undefined || data.state === "unknown") return { unknown: "launchTemplate" };
        const text = data.text();
        const told = text.state === "known" ? MAX_PODS.exec(decoded(text.value))?.[1] : undefined;
        if (told !== undefined) return Number(told);
    }
    if (unknown !== undefined) return { unknown };
    if (typeof addressing === "object") return addressing;
    if (addressing === "none") return { unknown: "kubernetesNetworkConfig" };
    return Math.max(...machines.map((one) => awsPods(one, addressing === "prefixes")));
}

function decoded(text: string): string {
    return /^[\w+/=\s]*$/.test(text) ? Buffer.from(text, "base64").toString("utf8") : text;
}

const addons = new WeakMap<Stack, Attachments>();

/** The add-ons of each cluster, joined once for all rules. */
function addonsOf(stack: Stack): Attachments {
    let found = addons.get(stack);
    if (found === undefined) {
        const link = { types: [ADDON], input: "clusterName", names: ["name"] };
        addons.set(stack, (found = attached(stack, stack.all(CLUSTERS.eks), link)));
    }
    return found;
}

/** How the VPC CNI of a cluster is set. */
export function addressingOf(stack: Stack, cluster: StackResource): Addressing {
    const family = cluster.given.at("kubernetesNetworkConfig.ipFamily").text();
    if (family.state === "unknown") return { unknown: "kubernetesNetworkConfig" };
    if (family.state === "known" && family.value === "ipv6") return "none";
    const { of, loose } = addonsOf(stack);
    if (loose.length > 0) return { unknown: "clusterName" };
    for (const { given } of of(cluster)) {
        const name = given.get("addonName").text();
        if (name.state === "unknown") return { unknown: "addonName" };
        if (name.state === "known" && name.value === "vpc-cni") return byAddon(given);
    }
    const usual = isOn(cluster.given.get("bootstrapSelfManagedAddons"), true);
    return usual === true ? "single" : { unknown: "bootstrapSelfManagedAddons" };
}

function byAddon(addon: Value): Addressing {
    const values = addon.get("configurationValues");
    const env = values.json().get("env");
    const elsewhere = isOn(env.get("AWS_VPC_K8S_CNI_CUSTOM_NETWORK_CFG"), false);
    const prefixes: Truth = isOn(env.get("ENABLE_PREFIX_DELEGATION"), false);
    if (elsewhere !== false || typeof prefixes === "object") return { unknown: values.path };
    return prefixes ? "prefixes" : "single";
}
