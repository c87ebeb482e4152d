import type { input } from "@pulumi/kubernetes/types/index.js";

/**
 * A bound on the pods of a namespace, far enough above what belongs there that no update meets it: pods that end count
 * until they are gone.
 *
 * @see https://kubernetes.io/docs/concepts/policy/resource-quotas/
 */
export function podQuota(most: number): input.core.v1.ResourceQuotaSpec {
    return { hard: { pods: String(most) } };
}

/**
 * What a container gets that states nothing, such as one that somebody runs by hand: little, with its memory reserved in
 * full.
 *
 * @see https://kubernetes.io/docs/concepts/policy/limit-range/
 */
export const CONTAINER_DEFAULTS = {
    limits: [
        {
            type: "Container",
            defaultRequest: { cpu: "50m", memory: "64Mi" },
            default: { cpu: "100m", memory: "64Mi" },
        },
    ],
} satisfies input.core.v1.LimitRangeSpec;
