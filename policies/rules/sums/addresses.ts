import type { Stack } from "../../runtime/stack.ts";
import { failIf } from "../../runtime/truth.ts";
import { CLUSTERS, KUBERNETES_PROVIDER, NAMESPACE, placesOf } from "../places.ts";
import { on, type Rule, type StackVerdict } from "../rule.ts";
import { SCALED_TYPES, SCALER_TYPES } from "../scale.ts";
import { aksAddresses, AZURE_SUBNET } from "./addresses/aks.ts";
import { AWS_SUBNET, eksAddresses } from "./addresses/eks.ts";
import { GCP_SUBNETWORK, gkeAddresses } from "./addresses/gke.ts";
import { crowdOf } from "./crowds.ts";
import { AGENT_POOL } from "./pools/aks.ts";
import { NODE_GROUP } from "./pools/eks.ts";
import { NODE_POOL } from "./pools/gke.ts";
import { grownClusters, NODE_MAKERS, POOL_TYPES, poolsOf, type NodePools } from "./pools/index.ts";

function addressesOf(stack: Stack, nodes: NodePools): readonly StackVerdict[] {
    switch (nodes.cluster.type) {
        case CLUSTERS.eks:
            return eksAddresses(stack, nodes);
        case CLUSTERS.aks:
            return aksAddresses(stack, nodes);
        default:
            return gkeAddresses(stack, nodes);
    }
}

/** The pods that each cluster has at its workloads' maximum, as far as the stack shows them. */
function podsByCluster(stack: Stack): ReadonlyMap<string, number> {
    const places = placesOf(stack);
    const found = new Map<string, number>();
    for (const workload of stack.all(...SCALED_TYPES)) {
        const { pods } = crowdOf(stack, workload);
        const cluster = places.cluster(workload);
        if (typeof pods === "number") found.set(cluster, (found.get(cluster) ?? 0) + pods);
    }
    return found;
}

/** The pods of a cluster against what all of its nodes take. */
function slots(wanted: number, { cluster, pools, doubt }: NodePools): readonly StackVerdict[] {
    let capacity = 0;
    const words: string[] = [];
    for (const { nodes, pods } of pools) {
        if (typeof nodes === "object" || typeof pods === "object") return [];
        capacity += nodes * pods;
        words.push(`${nodes} of ${pods}`);
    }
    if (doubt !== undefined || pools.length === 0 || wanted <= capacity) return [];
    const message = `the workloads come to ${wanted} pods; the nodes, ${words.join(", ")}, take ${capacity}`;
    return on(cluster, failIf(true, cluster.given, message));
}

function addresses(stack: Stack): readonly StackVerdict[] {
    const pods = podsByCluster(stack);
    const grown = grownClusters(stack);
    return [...poolsOf(stack).values()].flatMap((nodes) => [
        ...addressesOf(stack, nodes),
        ...(grown.has(nodes.cluster.urn) ? [] : slots(pods.get(nodes.cluster.urn) ?? 0, nodes)),
    ]);
}

/** A cluster can grow as far as its pools may. */
export const addressesHoldMaximum: Rule = {
    id: "cluster-addresses-hold-maximum",
    title: "A cluster's subnets have the addresses that its nodes and pods take at their maximum.",
    why: "Nodes that find no address do not join, and pods that find none do not start; it shows under the load that the maximum is for, and a subnet cannot be made larger.",
    clouds: ["aws", "azure", "gcp"],
    pack: "reliability",
    severity: "medium",
    requirements: {},
    analogies: { "SOC 2": ["A1.1"] },
    remediation: {
        aws:
            "Lower the pools' maximum or their pods per node, or plan larger subnets before the " +
            "cluster is made; EKS gets along with prefixes on larger machines.",
        "azure-native":
            "Lower the pools' maximum or their pods per node, or plan larger subnets before the " +
            "cluster is made; AKS gets along with networkPluginMode overlay.",
        gcp:
            "Lower the pools' maximum or their pods per node, or plan larger subnets before the " +
            "cluster is made; GKE wants a larger secondary range.",
    },
    see: "https://docs.aws.amazon.com/eks/latest/best-practices/ip-opt.html",
    checks: {},
    stack: {
        judges: [...Object.values(CLUSTERS), NODE_GROUP, AGENT_POOL, NODE_POOL],
        reads: [
            ...POOL_TYPES,
            ...NODE_MAKERS,
            AWS_SUBNET,
            AZURE_SUBNET,
            GCP_SUBNETWORK,
            ...SCALED_TYPES,
            ...SCALER_TYPES,
            NAMESPACE,
            KUBERNETES_PROVIDER,
        ],
        check: addresses,
    },
    note:
        "A node counts with the addresses that it holds when it is full. What else stands in the subnets, such as load " +
        "balancers and endpoints, is not counted. The rule also holds the pods of all workloads at their maximum against " +
        "the pods that the nodes take: a t3.medium takes 17 without prefixes.",
};
