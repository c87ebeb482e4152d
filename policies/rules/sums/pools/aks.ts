import type { Value } from "../../../runtime/reader.ts";
import { attached, type Stack, type StackResource } from "../../../runtime/stack.ts";
import { isOn, isOneOf } from "../../../runtime/truth.ts";
import { CLUSTERS } from "../../places.ts";
import { amount, type Amount } from "../../scale.ts";
import { azureAllocatable, azureMachine } from "../machines/azure.ts";
import { machinesBy, required, surgeAt, type NodePools, type Pool } from "./pool.ts";

export const AGENT_POOL = "azure-native:containerservice:AgentPool";

/** How the pods of an AKS cluster get their addresses. */
export type AksNetwork = "flat" | "overlay" | "kubenet" | { readonly unknown: string };

/** How many pods a node takes where nothing is said. */
const MOST_PODS = { flat: 30, overlay: 250, kubenet: 110 } as const;

/** The pools of the AKS clusters of a stack: those in the cluster, and those that are resources of their own. */
export function aksPools(stack: Stack): readonly NodePools[] {
    const clusters = stack.all(CLUSTERS.aks);
    const own = attached(stack, clusters, {
        types: [AGENT_POOL],
        input: "resourceName",
        names: ["resourceName", "name"],
    });
    return clusters.map((cluster) => {
        const network = networkOf(cluster.given);
        const profiles = cluster.given.get("agentPoolProfiles");
        const list = profiles.list();
        const inline = list.state === "known" ? list.value : [];
        const automatic = isOneOf(
            cluster.given.at("nodeProvisioningProfile.mode"),
            ["auto"],
            false,
        );
        const managed = isOneOf(cluster.given.at("sku.name"), ["automatic"], false);
        return {
            cluster,
            pools: [
                ...inline.map((profile) => pool(cluster, profile, network)),
                ...own.of(cluster).map((one) => pool(one, one.given, network)),
            ],
            doubt:
                automatic !== false || managed !== false
                    ? "nodeProvisioningProfile"
                    : list.state === "unknown" || own.loose.length > 0
                      ? profiles.path
                      : undefined,
        };
    });
}

function pool(resource: StackResource, at: Value, network: AksNetwork): Pool {
    const scales = isOn(at.get("enableAutoScaling"), false);
    const count = at.get(scales === false ? "count" : "maxCount");
    const nodes: Amount =
        typeof scales === "object" ? scales : scales ? required(count) : amount(count, 1);
    const mixed = at.get("virtualMachinesProfile");
    const { machines, unknown } = machinesBy(
        [mixed.state === "absent" ? at.get("vmSize") : mixed],
        azureMachine,
    );
    const limit = at.get("maxPods");
    const pods =
        limit.state === "absent" && typeof network === "object"
            ? network
            : amount(limit, typeof network === "object" ? 0 : MOST_PODS[network]);
    return {
        resource,
        at,
        count,
        nodes,
        surge: surgeAt(at.at("upgradeSettings.maxSurge"), nodes, "10%"),
        pods,
        machines,
        // The fewer pods, the less is kept for them: where their number is not known, next to nothing is taken off.
        offers: machines.map((one) => azureAllocatable(one, typeof pods === "number" ? pods : 0)),
        unknown,
    };
}

export function networkOf(cluster: Value): AksNetwork {
    const profile = cluster.get("networkProfile");
    const plugin = profile.get("networkPlugin").text();
    const mode = profile.get("networkPluginMode").text();
    if (plugin.state === "unknown" || mode.state === "unknown") return { unknown: profile.path };
    if (mode.state === "known" && mode.value === "overlay") return "overlay";
    if (plugin.state === "known" && plugin.value === "azure") return "flat";
    if (plugin.state === "known" && plugin.value === "kubenet") return "kubenet";
    return { unknown: profile.path };
}
