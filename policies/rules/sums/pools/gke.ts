import { Value } from "../../../runtime/reader.ts";
import { attached, type Stack, type StackResource } from "../../../runtime/stack.ts";
import { isOn, or } from "../../../runtime/truth.ts";
import { CLUSTERS } from "../../places.ts";
import { amount, type Amount } from "../../scale.ts";
import { googleAllocatable, googleMachine } from "../machines/google.ts";
import { machinesBy, surgeAt, type NodePools, type Pool } from "./pool.ts";

export const NODE_POOL = "gcp:container/nodePool:NodePool";

const DEFAULT_TYPE = new Value("e2-medium", undefined, "nodeConfig.machineType");
const DEFAULT_PODS = 110;
/** Regional clusters have nodes in so many zones, unless they name zones. */
const ZONES_OF_REGION = 3;

/** The pools of the GKE clusters of a stack: those in the cluster, and those that are resources of their own. */
export function gkePools(stack: Stack): readonly NodePools[] {
    const clusters = stack.all(CLUSTERS.gke);
    const own = attached(stack, clusters, {
        types: [NODE_POOL],
        input: "cluster",
        names: ["name", "id"],
    });
    return clusters.map((cluster) => {
        const { given } = cluster;
        const invented = or(
            isOn(given.get("enableAutopilot"), false),
            isOn(given.at("clusterAutoscaling.enabled"), false),
        );
        return {
            cluster,
            pools: [
                ...inline(cluster),
                ...own.of(cluster).map((one) => pool(one, one.given, given)),
            ],
            doubt:
                invented !== false
                    ? "clusterAutoscaling"
                    : own.loose.length > 0
                      ? "nodePools"
                      : undefined,
        };
    });
}

/** The default pool, which most programs remove at once, or those that stand in the cluster. */
function inline(cluster: StackResource): readonly Pool[] {
    const { given } = cluster;
    const list = given.get("nodePools").list();
    if (list.state === "known") return list.value.map((one) => pool(cluster, one, given));
    const isRemoved = isOn(given.get("removeDefaultNodePool"), false);
    if (isRemoved === true) return [];
    const usual = pool(cluster, given, given);
    return [isRemoved === false ? usual : { ...usual, nodes: isRemoved }];
}

function pool(resource: StackResource, at: Value, cluster: Value): Pool {
    const named = at.at("nodeConfig.machineType");
    const { machines, unknown } = machinesBy(
        [named.state === "absent" ? DEFAULT_TYPE : named],
        googleMachine,
    );
    const limit = at.get("maxPodsPerNode");
    const { count, nodes } = nodesOf(at, cluster);
    return {
        resource,
        at,
        count,
        nodes,
        surge: surgeAt(at.at("upgradeSettings.maxSurge"), nodes, "1"),
        pods:
            limit.state === "absent"
                ? amount(cluster.get("defaultMaxPodsPerNode"), DEFAULT_PODS)
                : amount(limit, DEFAULT_PODS),
        machines,
        offers: machines.map(googleAllocatable),
        unknown,
    };
}

/** How many nodes there may be, and where that stands: in total, or in each zone. */
function nodesOf(at: Value, cluster: Value): { readonly count: Value; readonly nodes: Amount } {
    const scaling = at.get("autoscaling");
    const total = scaling.get("totalMaxNodeCount");
    if (scaling.state === "unknown") return { count: scaling, nodes: { unknown: scaling.path } };
    if (total.state !== "absent" && !isNone(total)) {
        return { count: total, nodes: amount(total, 0) };
    }
    const each = scaling.get("maxNodeCount");
    const fixed = at.get("nodeCount");
    const count =
        each.state !== "absent"
            ? each
            : fixed.state !== "absent"
              ? fixed
              : at.get("initialNodeCount");
    const perZone = amount(count, 1);
    const zones = zonesOf(at, cluster);
    if (typeof perZone === "object") return { count, nodes: perZone };
    return { count, nodes: typeof zones === "object" ? zones : perZone * zones };
}

function isNone(value: Value): boolean {
    const number = value.number();
    return number.state === "known" && number.value === 0;
}

function zonesOf(at: Value, cluster: Value): Amount {
    for (const list of [at.get("nodeLocations"), cluster.get("nodeLocations")]) {
        const zones = list.list();
        if (zones.state === "unknown") return { unknown: list.path };
        if (zones.state === "known" && zones.value.length > 0) return zones.value.length;
    }
    const location = cluster.get("location").text();
    if (location.state !== "known") return { unknown: cluster.get("location").path };
    return /-[a-z]$/.test(location.value) ? 1 : ZONES_OF_REGION;
}
