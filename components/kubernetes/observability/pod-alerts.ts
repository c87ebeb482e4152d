import { alert } from "./alert.ts";
import type { AlertArgs, PrometheusRule } from "./alert.ts";

/** What wants more pods than there may be. A fixed number is always at its maximum, and nobody's concern. */
function growthAlerts(args: AlertArgs): PrometheusRule[] {
    const { application, settings } = args;
    if (settings.replicas.min === settings.replicas.max) return [];
    const hpa = `namespace="${application}",horizontalpodautoscaler=~"(keda-hpa-)?${application}"`;
    return [
        alert(args, {
            name: "AutoscalerAtMaximum",
            severity: "warning",
            expr: `kube_horizontalpodautoscaler_status_current_replicas{${hpa}} >= kube_horizontalpodautoscaler_spec_max_replicas{${hpa}}`,
            lasting: "30m",
            summary: "runs as many pods as it may",
            description: "It cannot grow any more. Raise replicas.max, or find out what drives it.",
        }),
    ];
}

/** What the cluster knows about pods that run all the time. */
export function runningAlerts(args: AlertArgs): PrometheusRule[] {
    const { application } = args;
    const own = `namespace="${application}"`;
    return [
        alert(args, {
            name: "PodsCrash",
            severity: "critical",
            expr: `increase(kube_pod_container_status_restarts_total{${own}}[15m]) > 2`,
            lasting: "5m",
            summary: "has a container that starts again and again",
            description:
                "Container {{ $labels.container }} of pod {{ $labels.pod }} ended more than twice in 15 minutes.",
        }),
        alert(args, {
            name: "PodsNotReady",
            severity: "critical",
            expr: `sum(kube_pod_status_ready{${own},condition="false"} * on (pod, namespace) group_left kube_pod_status_phase{${own},phase=~"Pending|Running"}) > 0`,
            lasting: "15m",
            summary: "has pods that do not become ready",
            description: "{{ $value }} pods are neither ready nor gone.",
        }),
        ...growthAlerts(args),
        alert(args, {
            name: "MemoryNearLimit",
            severity: "warning",
            expr: `max by (pod, container) (container_memory_working_set_bytes{${own},container!=""} / on (namespace, pod, container) kube_pod_container_resource_limits{${own},resource="memory"}) > 0.9`,
            lasting: "15m",
            summary: "is about to be ended for its memory",
            description:
                "Container {{ $labels.container }} of pod {{ $labels.pod }} uses more than 90 % of what it may.",
        }),
    ];
}

/** What the cluster knows about runs. */
export function scheduleAlerts(args: AlertArgs): PrometheusRule[] {
    const { application, settings } = args;
    const own = `namespace="${application}"`;
    const deadline = settings.schedule?.deadline ?? 3600;
    return [
        alert(args, {
            name: "RunFailed",
            severity: "critical",
            expr: `kube_job_status_failed{${own}} > 0 and on (job_name, namespace) kube_job_failed{${own},condition="true"} > 0`,
            lasting: "1m",
            summary: "has a run that failed",
            description: "Job {{ $labels.job_name }} gave up after its retries or its deadline.",
        }),
        alert(args, {
            name: "RunTakesLong",
            severity: "warning",
            expr: `time() - kube_job_status_start_time{${own}} > ${Math.round(deadline * 0.8)} and on (job_name, namespace) kube_job_status_active{${own}} > 0`,
            lasting: "1m",
            summary: "has a run that is near its deadline",
            description: `Job {{ $labels.job_name }} has used 80 % of its ${deadline} seconds.`,
        }),
    ];
}
