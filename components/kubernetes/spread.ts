import type { input } from "@pulumi/kubernetes/types/index.js";
import type { Labels } from "./labels.ts";

type Constraint = input.core.v1.TopologySpreadConstraint;

/** Zones first, then nodes: what pods of one workload are kept apart by. */
const DOMAINS = ["topology.kubernetes.io/zone", "kubernetes.io/hostname"] as const;

/**
 * Spreads the pods with these labels over zones and nodes, as far as there are some with room.
 *
 * @see https://kubernetes.io/docs/concepts/scheduling-eviction/topology-spread-constraints/
 */
export function spreadOver(labels: Labels): Constraint[] {
    return DOMAINS.map((topologyKey) => ({
        maxSkew: 1,
        topologyKey,
        whenUnsatisfiable: "ScheduleAnyway",
        nodeTaintsPolicy: "Honor",
        labelSelector: { matchLabels: { ...labels } },
    }));
}

/**
 * Spreads the members of a quorum, which never share a node: two that are lost at once would take the third's majority
 * with them. Zones are kept apart as far as there are three.
 */
export function spreadQuorum(labels: Labels): Constraint[] {
    return spreadOver(labels).map((constraint) =>
        constraint.topologyKey === "kubernetes.io/hostname"
            ? { ...constraint, whenUnsatisfiable: "DoNotSchedule" }
            : constraint,
    );
}

/** The same wish as an affinity, for charts that take nothing else. */
export function keepApart(labels: Labels): input.core.v1.Affinity {
    return {
        podAntiAffinity: {
            preferredDuringSchedulingIgnoredDuringExecution: DOMAINS.map((topologyKey) => ({
                weight: 100,
                podAffinityTerm: { topologyKey, labelSelector: { matchLabels: { ...labels } } },
            })),
        },
    };
}
