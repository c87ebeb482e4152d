import type * as pulumi from "@pulumi/pulumi";
import type { Cluster as GkeCluster } from "@pulumi/gcp/container/cluster.js";
import { NodePool } from "@pulumi/gcp/container/nodePool.js";
import type { input } from "@pulumi/gcp/types/index.js";
import type { NodePoolArgs, Taint } from "../contracts/cluster.ts";
import { amount } from "../lib/units.ts";
import { MACHINE_TYPES } from "./sizes.ts";

/** How GKE spells the effects that Kubernetes writes as NoSchedule and so on. */
const EFFECTS: Readonly<Record<Taint["effect"], string>> = {
    NoSchedule: "NO_SCHEDULE",
    PreferNoSchedule: "PREFER_NO_SCHEDULE",
    NoExecute: "NO_EXECUTE",
};

/** What all nodes of a cluster share. */
export interface NodeDefaults {
    readonly clusterName: string;
    /** E-mail address of the nodes' service account. */
    readonly serviceAccount: pulumi.Input<string>;
    /** The key that encrypts boot disks. */
    readonly diskKey: pulumi.Input<string>;
    readonly labels: Readonly<Record<string, string>>;
}

/** A hardened node, of whatever size. The default pool, which lives for minutes only, is no exception. */
export function hardenedNode(defaults: NodeDefaults) {
    return {
        serviceAccount: defaults.serviceAccount,
        // The service account's roles are the limit. Scopes are the older, coarser one.
        oauthScopes: ["https://www.googleapis.com/auth/cloud-platform"],
        imageType: "COS_CONTAINERD",
        diskType: "pd-balanced",
        bootDiskKmsKey: defaults.diskKey,
        shieldedInstanceConfig: { enableSecureBoot: true, enableIntegrityMonitoring: true },
        // Pods see their own identity at the metadata address, never the node's (G1.52).
        workloadMetadataConfig: { mode: "GKE_METADATA" },
        metadata: { "disable-legacy-endpoints": "true" },
        // The provider takes a missing quota for false, and the CPU limits of pods would then not hold.
        kubeletConfig: { insecureKubeletReadonlyPortEnabled: "FALSE", cpuCfsQuota: true },
        resourceLabels: { ...defaults.labels },
        tags: [defaults.clusterName],
    } satisfies input.container.NodePoolNodeConfig;
}

export interface PoolArgs {
    readonly cluster: GkeCluster;
    /** Zones that the pool spreads over: 3 or 1. */
    readonly zones: number;
    readonly podsPerNode: number;
    readonly node: NodeDefaults;
}

/**
 * One autoscaled pool. Its limits count the whole pool, as the contract says, not each zone (G1.54).
 *
 * A pool that becomes spot, or ceases to be, is replaced. Its name tells which it is, so that the new one can stand
 * before the old one is drained.
 */
export function makePool(
    name: string,
    key: string,
    pool: NodePoolArgs,
    args: PoolArgs,
    opts: pulumi.CustomResourceOptions,
): NodePool {
    return new NodePool(
        `${name}-${key}`,
        {
            name: pool.spot ? `${key}-spot` : key,
            cluster: args.cluster.id,
            location: args.cluster.location,
            initialNodeCount: initialNodesPerZone(pool, args.zones),
            autoscaling: {
                totalMinNodeCount: pool.min,
                totalMaxNodeCount: pool.max,
                locationPolicy: pool.spot ? "ANY" : "BALANCED",
            },
            maxPodsPerNode: args.podsPerNode,
            management: { autoRepair: true, autoUpgrade: true },
            upgradeSettings: { strategy: "SURGE", maxSurge: 1, maxUnavailable: 0 },
            networkConfig: { enablePrivateNodes: true },
            nodeConfig: {
                ...hardenedNode(args.node),
                machineType: MACHINE_TYPES[pool.size],
                diskSizeGb: amount(pool.disk),
                spot: pool.spot,
                labels: { ...pool.labels },
                taints: pool.taints.map(({ key: taint, value, effect }) => ({
                    key: taint,
                    value,
                    effect: EFFECTS[effect],
                })),
            },
        },
        // The autoscaler owns the number of nodes, and changing the initial one would replace the pool.
        { ...opts, ignoreChanges: ["initialNodeCount"] },
    );
}

/** The first nodes of a pool: its minimum, spread over the zones, unless rounding up would pass its maximum. */
export function initialNodesPerZone(
    pool: Pick<NodePoolArgs, "min" | "max">,
    zones: number,
): number {
    const spread = Math.ceil(pool.min / zones);
    return spread * zones <= pool.max ? spread : Math.floor(pool.min / zones);
}
