import type * as pulumi from "@pulumi/pulumi";
import { AgentPool } from "@pulumi/azure-native/containerservice/agentPool.js";
import type { ManagedCluster } from "@pulumi/azure-native/containerservice/managedCluster.js";
import type { NodePoolArgs, Taint } from "../contracts/cluster.ts";
import { compose, shortHash, type NameRule } from "../lib/names.ts";
import { amount } from "../lib/units.ts";
import { zonesOf, type Zone } from "./addresses.ts";
import type { AzureFoundation } from "./foundation.ts";
import type { AzureNetwork } from "./network.ts";
import { NODE_SKUS } from "./sizes.ts";

const AGENT_POOL: NameRule = {
    kind: "AKS node pool",
    max: 12,
    separator: "",
    see: "https://learn.microsoft.com/azure/aks/create-node-pools#limitations",
};

/** What AKS puts on the nodes of a spot pool by itself; said here too, so that it is no drift. */
const SPOT_KEY = "kubernetes.azure.com/scalesetpriority";

/** The pools that carry the cluster's own add-ons, and nothing else; one in each zone that is used. */
const SYSTEM_POOL: NodePoolArgs = {
    size: "medium",
    min: 1,
    max: 3,
    spot: false,
    labels: {},
    taints: [{ key: "CriticalAddonsOnly", value: "true", effect: "NoSchedule" }],
    disk: "64 GiB",
};

/** Nodes that one zone gets, so that the zones together have exactly the pool's minimum and maximum (G1.54). */
function shareOf(total: number, zone: Zone, zones: readonly Zone[]): number {
    const index = zones.indexOf(zone);
    return Math.floor(total / zones.length) + (index < total % zones.length ? 1 : 0);
}

/** What a pool has in one zone. */
interface ZonePool {
    readonly mode: "System" | "User";
    readonly pool: NodePoolArgs;
    readonly zone: Zone;
    readonly min: number;
    readonly max: number;
    readonly subnetId: pulumi.Input<string>;
    readonly tags: Readonly<Record<string, string>>;
}

/** The properties that a pool has alike, whether it is made with the cluster or after it. */
function poolProperties(part: ZonePool) {
    const { pool, mode } = part;
    return {
        mode,
        type: "VirtualMachineScaleSets",
        vmSize: NODE_SKUS[pool.size],
        availabilityZones: [part.zone],
        vnetSubnetID: part.subnetId,
        enableAutoScaling: true,
        count: part.min,
        minCount: part.min,
        maxCount: part.max,
        maxPods: 110,
        osType: "Linux",
        osSKU: "AzureLinux",
        osDiskType: "Managed",
        osDiskSizeGB: amount(pool.disk),
        enableEncryptionAtHost: true,
        enableNodePublicIP: false,
        scaleDownMode: "Delete",
        nodeLabels: { ...pool.labels, ...(pool.spot && { [SPOT_KEY]: "spot" }) },
        nodeTaints: taintsOf(pool).map(({ key, value, effect }) => `${key}=${value}:${effect}`),
        ...(pool.spot
            ? { scaleSetPriority: "Spot", scaleSetEvictionPolicy: "Delete", spotMaxPrice: -1 }
            : { upgradeSettings: { maxSurge: "33%", drainTimeoutInMinutes: 30 } }),
        tags: part.tags,
    };
}

/** The taints that a pool's nodes bear in the end. */
export function taintsOf(pool: NodePoolArgs): readonly Taint[] {
    if (!pool.spot) return pool.taints;
    return [...pool.taints, { key: SPOT_KEY, value: "spot", effect: "NoSchedule" }];
}

/** The first system pool, without which AKS makes no cluster, and which the cluster's resource cannot change later. */
export function firstSystemPool(subnetId: pulumi.Input<string>, tags: ZonePool["tags"]) {
    return { name: "system1", ...poolProperties(systemPart("1", subnetId, tags)) };
}

function systemPart(zone: Zone, subnetId: pulumi.Input<string>, tags: ZonePool["tags"]): ZonePool {
    const { min, max } = SYSTEM_POOL;
    return { mode: "System", pool: SYSTEM_POOL, zone, min, max, subnetId, tags };
}

export interface NodePoolsArgs {
    readonly foundation: AzureFoundation;
    readonly network: AzureNetwork;
    readonly cluster: ManagedCluster;
    readonly nodePools: Readonly<Record<string, NodePoolArgs>>;
    readonly highAvailability: boolean;
}

/** Makes the user's pools, and the system pools of the other zones: one pool per zone, in the zone's subnet. */
export function makeNodePools(
    name: string,
    args: NodePoolsArgs,
    opts: pulumi.CustomResourceOptions,
): AgentPool[] {
    const { network, foundation, highAvailability, nodePools } = args;
    const zones = zonesOf(highAvailability);
    const make = (key: string, part: ZonePool) => makePool(name, key, part, args, opts);
    const system = zones
        .filter((zone) => zone !== "1")
        .map((zone) => {
            const subnetId = network.nodeSubnetIds[zone];
            return make("system", systemPart(zone, subnetId, foundation.tags));
        });
    const user = Object.entries(nodePools).flatMap(([key, pool]) =>
        zones
            .map((zone) => ({
                mode: "User" as const,
                pool,
                zone,
                min: shareOf(pool.min, zone, zones),
                max: shareOf(pool.max, zone, zones),
                subnetId: network.nodeSubnetIds[zone],
                tags: foundation.tags,
            }))
            .filter((part) => part.max > 0)
            .map((part) => make(key, part)),
    );
    return [...system, ...user];
}

function makePool(
    name: string,
    key: string,
    part: ZonePool,
    args: NodePoolsArgs,
    opts: pulumi.CustomResourceOptions,
): AgentPool {
    return new AgentPool(
        `${name}-${key}-${part.zone}`,
        {
            resourceGroupName: args.foundation.resourceGroupName,
            resourceName: args.cluster.name,
            agentPoolName: poolName(key, part),
            ...poolProperties(part),
        },
        // The autoscaler owns the count.
        { ...opts, ignoreChanges: ["count"], deletedWith: args.cluster },
    );
}

/**
 * A pool's name in Azure, which changes with whatever Azure cannot change in a pool that stands. So the new pool is
 * made before the old one is drained and deleted, and they do not fight over one name.
 */
function poolName(key: string, part: ZonePool): string {
    const { size, spot, disk } = part.pool;
    return compose(AGENT_POOL, key, part.zone, shortHash(`${size}/${spot}/${disk}`, 3));
}
