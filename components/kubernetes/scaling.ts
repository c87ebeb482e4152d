import type { input } from "@pulumi/kubernetes/types/index.js";
import type { UpdateSettings } from "../settings/application-types.ts";
import type { ScalingPace, ScalingSettings } from "../settings/scaling-types.ts";

/** How many pods an application has. */
export interface Replicas {
    readonly min: number;
    readonly max: number;
}

/** How an update replaces pods. By default it makes room for one more at once, and takes none away before that is ready. */
export function rollingUpdate({
    surge,
    unavailable,
}: UpdateSettings): input.apps.v1.DeploymentStrategy {
    return {
        type: "RollingUpdate",
        rollingUpdate: { maxSurge: surge, maxUnavailable: unavailable },
    };
}

/**
 * Scales between the two numbers: up at once, down slowly (G3.16).
 *
 * @see https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/
 */
export function autoscalerSpec(
    scaled: { readonly kind: string; readonly name: string },
    { min, max }: Replicas,
    { cpu, memory, ...pace }: ScalingPace & Pick<ScalingSettings, "cpu" | "memory">,
): input.autoscaling.v2.HorizontalPodAutoscalerSpec {
    return {
        scaleTargetRef: { apiVersion: "apps/v1", ...scaled },
        minReplicas: min,
        maxReplicas: max,
        metrics: [utilization("cpu", cpu), utilization("memory", memory)],
        behavior: scalingBehavior(pace),
    };
}

/** By default up at once, by doubling or by four pods, whichever is more; down by a tenth a minute, once demand has stayed low. */
export function scalingBehavior({ up, down, slowdown }: ScalingPace) {
    const policy = (type: string, value: number, periodSeconds: number) => ({
        type,
        value,
        periodSeconds,
    });
    return {
        scaleUp: {
            stabilizationWindowSeconds: up.delay,
            selectPolicy: "Max",
            policies: [
                policy("Percent", up.percent, up.period),
                // Kubernetes refuses a policy that adds none.
                ...(up.pods > 0 ? [policy("Pods", up.pods, up.period)] : []),
            ],
        },
        scaleDown: {
            stabilizationWindowSeconds: slowdown,
            selectPolicy: "Max",
            policies: [policy("Percent", down.percent, down.period)],
        },
    };
}

function utilization(
    name: "cpu" | "memory",
    averageUtilization: number,
): input.autoscaling.v2.MetricSpec {
    return {
        type: "Resource",
        resource: { name, target: { type: "Utilization", averageUtilization } },
    };
}

/**
 * Lets nodes be drained one pod at a time, however many pods there are.
 *
 * A minimum that must stay available would equal the number of pods sooner or later, and then no node could be
 * upgraded any more (G3.18). Pods that are not healthy never hold a node up.
 */
export function disruptionSpec(
    selector: Readonly<Record<string, string>>,
): input.policy.v1.PodDisruptionBudgetSpec {
    return {
        maxUnavailable: 1,
        unhealthyPodEvictionPolicy: "AlwaysAllow",
        selector: { matchLabels: selector },
    };
}
