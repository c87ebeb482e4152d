import type { Value } from "../../runtime/reader.ts";
import { and, failIf, isOn, isOneOf, not, or, type Truth } from "../../runtime/truth.ts";
import { attached, maybe, type Stack, type StackResource } from "../../runtime/stack.ts";
import { lastPart } from "../lists.ts";
import { keepsFlowLogs } from "../network/google.ts";
import { on, type Check, type Fix, type Rule, type StackVerdict } from "../rule.ts";
import {
    CLUSTER,
    hasPrivateNodes,
    inlinePools,
    isAutopilot,
    isAutoProvisioned,
    NODE_POOL,
} from "./pools.ts";

const PUBLIC_NODES = "the nodes have public addresses";

function isPrivate(cluster: Value): Truth {
    return isOn(cluster.at("privateClusterConfig.enablePrivateNodes"), false);
}

/** Pools of their own may differ from their cluster, so it matters only for those that it makes itself. */
const clusterNodes: Check = ({ inputs }) => {
    const inline = inlinePools(inputs);
    const keepsDefault =
        inline.length === 0 && not(isOn(inputs.get("removeDefaultNodePool"), false));
    const makesNodes = or(isAutopilot(inputs), isAutoProvisioned(inputs), keepsDefault);
    const ofCluster = isPrivate(inputs);
    return [
        ...failIf(
            and(not(ofCluster), makesNodes),
            inputs.at("privateClusterConfig.enablePrivateNodes"),
            PUBLIC_NODES,
        ),
        ...inline.flatMap((pool) =>
            failIf(
                not(hasPrivateNodes(pool, ofCluster)),
                pool.at("networkConfig.enablePrivateNodes"),
                PUBLIC_NODES,
            ),
        ),
    ];
};

const poolNodes: Check = ({ inputs }) =>
    failIf(
        not(hasPrivateNodes(inputs, true)),
        inputs.at("networkConfig.enablePrivateNodes"),
        PUBLIC_NODES,
    );

/** A pool that says nothing about it does as its cluster does. */
function inheritingPools(stack: Stack): readonly StackVerdict[] {
    return stack.all(NODE_POOL).flatMap((pool) => {
        const own = pool.given.at("networkConfig.enablePrivateNodes");
        if (own.state !== "absent") return [];
        const cluster = clusterOf(stack, pool);
        const inherited = cluster === undefined ? { unknown: own.path } : isPrivate(cluster.given);
        return on(pool, failIf(not(inherited), own, PUBLIC_NODES));
    });
}

function clusterOf(stack: Stack, pool: StackResource): StackResource | undefined {
    const [cluster] = stack.targets(pool, "cluster").filter(({ type }) => type === CLUSTER);
    if (cluster !== undefined) return cluster;
    const name = pool.inputs.get("cluster").text();
    if (name.state !== "known") return undefined;
    // Clusters of several regions may share a name, and then it does not tell which is meant.
    const [named, ...others] = stack.named(CLUSTER, "name", lastPart(name.value));
    return others.length === 0 ? named : undefined;
}

/** No node can be reached from the internet. */
export const gkePrivateNodes: Rule = {
    id: "gcp-gke-private-nodes",
    title: "The nodes of a GKE cluster have private addresses only.",
    why: "A node with a public address is one firewall rule away from the internet, together with every pod on it.",
    clouds: ["gcp"],
    pack: "security",
    severity: "high",
    requirements: {
        "PCI DSS": ["1.4.2"],
        HIPAA: ["164.312(a)(1)"],
        "CIS GKE": ["5.6.5"],
    },
    remediation:
        "Set privateClusterConfig.enablePrivateNodes to true on the cluster, or networkConfig.enablePrivateNodes on " +
        "each node pool, and let the nodes reach the internet through Cloud NAT.",
    see: "https://docs.cloud.google.com/kubernetes-engine/docs/concepts/network-isolation",
    checks: { [CLUSTER]: clusterNodes, [NODE_POOL]: poolNodes },
    stack: { judges: [NODE_POOL], reads: [CLUSTER], check: inheritingPools },
};

const networkPolicy: Check = ({ inputs }) => {
    const datapath = inputs.get("datapathProvider");
    const calico = inputs.at("networkPolicy.enabled");
    const addonOff = isOn(inputs.at("addonsConfig.networkPolicyConfig.disabled"), false);
    const enforced = or(
        isAutopilot(inputs),
        isOneOf(datapath, ["advanced_datapath"], false),
        and(isOn(calico, false), not(addonOff)),
    );
    return failIf(not(enforced), datapath, "nothing enforces network policies");
};

/** A network policy that is applied also has an effect. */
export const gkeNetworkPolicy: Rule = {
    id: "gcp-gke-network-policy",
    title: "A GKE cluster enforces network policies.",
    why: "Without enforcement the API server accepts every network policy and nothing heeds it: all pods reach all pods.",
    clouds: ["gcp"],
    pack: "security",
    severity: "high",
    requirements: { "CIS GKE": ["4.3.1"] },
    analogies: { "PCI DSS": ["1.3.1"] },
    remediation:
        "Set datapathProvider to ADVANCED_DATAPATH, which replaces the cluster, or networkPolicy.enabled to true " +
        "together with addonsConfig.networkPolicyConfig.disabled false, which recreates its nodes.",
    see: "https://docs.cloud.google.com/kubernetes-engine/docs/concepts/dataplane-v2",
    checks: { [CLUSTER]: networkPolicy },
};

const SUBNET = "gcp:compute/subnetwork:Subnetwork";
const FLOW_LOGS = "gcp:networkmanagement/vpcFlowLogsConfig:VpcFlowLogsConfig";

const visibility: Check = ({ inputs }) => {
    const intranode = inputs.get("enableIntranodeVisibility");
    const mode = inputs.get("networkingMode");
    const hidden = and(not(isAutopilot(inputs)), not(isOn(intranode, false)));
    return [
        ...failIf(hidden, intranode, "traffic between pods of one node is not seen"),
        ...failIf(
            isOneOf(mode, ["routes"], false),
            mode,
            "pods have no addresses of the network's own",
        ),
    ];
};

const seeNodeTraffic: Fix = {
    replaces: false,
    changes: ({ inputs }) =>
        and(not(isAutopilot(inputs)), not(isOn(inputs.get("enableIntranodeVisibility"), false))) ===
        true
            ? [{ path: "enableIntranodeVisibility", value: true }]
            : [],
};

/** The subnets of clusters, each once. */
function clusterSubnets(stack: Stack): readonly StackResource[] {
    const subnets = stack.all(CLUSTER).flatMap((cluster) => stack.targets(cluster, "subnetwork"));
    return [...new Set(subnets)].filter(({ type }) => type === SUBNET);
}

/** Flow logs stand on the subnet, or in a configuration of their own for the subnet or its network. */
function subnetsWithoutLogs(stack: Stack): readonly StackVerdict[] {
    const subnets = clusterSubnets(stack);
    const networks = subnets.flatMap((subnet) => stack.targets(subnet, "network"));
    const named = { types: [FLOW_LOGS], names: ["id", "selfLink"] };
    const ofSubnet = attached(stack, subnets, { ...named, input: "subnet" });
    const ofNetwork = attached(stack, networks, { ...named, input: "network" });
    return subnets.flatMap((subnet) => {
        const [network] = stack.targets(subnet, "network");
        const configs = [
            ...ofSubnet.of(subnet),
            ...(network === undefined ? [] : ofNetwork.of(network)),
        ];
        const own = subnet.given.get("logConfig");
        const logged = or(
            keepsFlowLogs(subnet.given),
            ...configs.map(({ given }) => isOneOf(given.get("state"), ["enabled"], true)),
            maybe(ofSubnet.loose, "subnet"),
            maybe(ofNetwork.loose, "network"),
        );
        return on(subnet, failIf(not(logged), own, "the cluster's subnet keeps no flow logs"));
    });
}

/** What pods say to each other leaves a trace. */
export const gkeTrafficVisible: Rule = {
    id: "gcp-gke-intranode-flowlogs-vpc-native",
    title: "The traffic of a GKE cluster is visible to its network: VPC-native, within nodes too, and in flow logs.",
    why: "Traffic that the network does not see can be neither filtered by its firewall nor found again after an incident.",
    clouds: ["gcp"],
    pack: "security",
    severity: "medium",
    requirements: { "CIS GKE": ["5.6.1", "5.6.2"] },
    analogies: { "PCI DSS": ["10.2.1"] },
    remediation:
        "Set enableIntranodeVisibility to true, networkingMode to VPC_NATIVE, which replaces the cluster, and give " +
        "the cluster's subnet a logConfig.",
    see: "https://docs.cloud.google.com/kubernetes-engine/docs/how-to/intranode-visibility",
    checks: { [CLUSTER]: visibility },
    stack: { judges: [SUBNET], reads: [CLUSTER, FLOW_LOGS], check: subnetsWithoutLogs },
    fixes: { [CLUSTER]: seeNodeTraffic },
    note:
        "Clusters are VPC-native unless networkingMode says ROUTES, so a missing ipAllocationPolicy is no finding. " +
        "Flow logs are also taken from a VpcFlowLogsConfig.",
};
