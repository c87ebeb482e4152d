import type { Labels } from "./labels.ts";

/** A constraint as pods and custom resources alike take it. */
interface Constraint {
    readonly maxSkew: number;
    readonly topologyKey: string;
    readonly whenUnsatisfiable: "ScheduleAnyway" | "DoNotSchedule";
    readonly nodeTaintsPolicy: "Honor";
    readonly labelSelector: { readonly matchLabels: Record<string, string> };
}

/** Zones first, then nodes: what pods of one workload are kept apart by. */
const DOMAINS = ["topology.kubernetes.io/zone", "kubernetes.io/hostname"] as const;

/**
 * Spreads the pods with these labels over zones and nodes, as far as there are some with room.
 *
 * @see https://kubernetes.io/docs/concepts/scheduling-eviction/topology-spread-constraints/
 */
export function spreadOver(labels: Labels) {
    const constraint = (topologyKey: string) => ({
        maxSkew: 1,
        topologyKey,
        whenUnsatisfiable: "ScheduleAnyway" as const,
        nodeTaintsPolicy: "Honor" as const,
        labelSelector: { matchLabels: { ...labels } },
    });
    return DOMAINS.map(constraint) satisfies Constraint[];
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
export function keepApart(labels: Labels) {
    return {
        podAntiAffinity: {
            preferredDuringSchedulingIgnoredDuringExecution: DOMAINS.map((topologyKey) => ({
                weight: 100,
                podAffinityTerm: { topologyKey, labelSelector: { matchLabels: { ...labels } } },
            })),
        },
    };
}
