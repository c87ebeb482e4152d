import type { input } from "@pulumi/kubernetes/types/index.js";
import { POOL_LABEL, SPOT_LABEL } from "../../contracts/cluster.ts";
import type { NodePoolArgs, Taint } from "../../contracts/cluster.ts";
import type { ApplicationSettings } from "../../settings/application-types.ts";

type PodSpec = input.core.v1.PodSpec;

/** What a pod's placement depends on. */
export interface PlacementArgs {
    readonly settings: Pick<ApplicationSettings, "placement">;
    readonly selector: Readonly<Record<string, string>>;
    /** The cluster's pools by name. */
    readonly pools: Readonly<Record<string, Pick<NodePoolArgs, "taints" | "spot">>>;
}

/** AKS taints the nodes of spot pools itself. */
const SPOT_TAINT: Taint = {
    key: "kubernetes.azure.com/scalesetpriority",
    value: "spot",
    effect: "NoSchedule",
};

/** Where pods run: their pool, their processors, spot or not, spread over zones and nodes. */
export function placement({ settings, selector, pools }: PlacementArgs): Partial<PodSpec> {
    const { pool, architecture, spot, zones } = settings.placement;
    const own = pool === undefined ? undefined : pools[pool];
    const selected = {
        ...(pool && { [POOL_LABEL]: pool }),
        ...(architecture && { "kubernetes.io/arch": architecture }),
    };
    const tolerated = [...(own?.taints ?? []), ...((own?.spot ?? spot) ? [SPOT_TAINT] : [])];
    return {
        ...(Object.keys(selected).length > 0 && { nodeSelector: selected }),
        ...(own === undefined && !spot && isMixed(pools) && { affinity: NOT_ON_SPOT }),
        ...(tolerated.length > 0 && { tolerations: tolerated.map(toleration) }),
        topologySpreadConstraints: spread(selector, zones),
    };
}

/** A taint without a value is tolerated whatever its value. */
function toleration({ key, value, effect }: Taint): input.core.v1.Toleration {
    return value === ""
        ? { key, operator: "Exists", effect }
        : { key, operator: "Equal", value, effect };
}

/** True if there are nodes of both sorts, so that keeping off spot nodes leaves some. */
function isMixed(pools: PlacementArgs["pools"]): boolean {
    const spots = new Set(Object.values(pools).map(({ spot }) => spot));
    return spots.size > 1;
}

/** Only Azure taints spot nodes by itself; the label keeps pods off them everywhere. */
const NOT_ON_SPOT = {
    nodeAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: {
            nodeSelectorTerms: [
                { matchExpressions: [{ key: SPOT_LABEL, operator: "NotIn", values: ["true"] }] },
            ],
        },
    },
} as const satisfies input.core.v1.Affinity;

/** Spreads the pods of each revision over zones and nodes, as far as there are some with room; over zones strictly if asked to. */
function spread(
    selector: Readonly<Record<string, string>>,
    zones: "prefer" | "require",
): input.core.v1.TopologySpreadConstraint[] {
    const constraint = (topologyKey: string, whenUnsatisfiable: string) => ({
        maxSkew: 1,
        topologyKey,
        whenUnsatisfiable,
        nodeTaintsPolicy: "Honor",
        labelSelector: { matchLabels: selector },
        matchLabelKeys: ["pod-template-hash"],
    });
    return [
        constraint(
            "topology.kubernetes.io/zone",
            zones === "require" ? "DoNotSchedule" : "ScheduleAnyway",
        ),
        constraint("kubernetes.io/hostname", "ScheduleAnyway"),
    ];
}
