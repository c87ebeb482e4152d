import { RUNNING } from "../../contracts/application-kind.ts";
import type { ApplicationSettings, SloSettings } from "../../settings/application-types.ts";
import { bound, errorRatio, ratioName, recorded, series } from "./expressions.ts";
import type { Objective, Series } from "./expressions.ts";
import { BURNS, WINDOWS } from "./windows.ts";

/** A rule as Prometheus writes it. */
export interface PrometheusRule {
    readonly record?: string;
    readonly alert?: string;
    readonly expr: string;
    readonly for?: string;
    readonly labels: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
}

/** A group of rules, evaluated together. */
export interface RuleGroup {
    readonly name: string;
    readonly interval: string;
    readonly rules: PrometheusRule[];
}

/** What the rules of an application are made from. */
export interface AlertArgs {
    readonly application: string;
    readonly settings: ApplicationSettings;
    /** The team that answers for it. */
    readonly team: string;
}

/** Where an alert is explained that has no runbook of the user's own. */
const RUNBOOK = "docs/runbook.md";

/** Each objective with the share of requests that may break it. */
function objectives({ availability, latency, latencyShare }: SloSettings): [Objective, number][] {
    const share = (percent: number) => Number((1 - percent / 100).toFixed(6));
    return [
        ["availability", share(availability)],
        ...(latency === undefined
            ? []
            : [["latency", share(latencyShare)] satisfies [Objective, number]]),
    ];
}

/** Error ratios of each objective over every window. */
function recordings(of: Series, slo: SloSettings): PrometheusRule[] {
    return objectives(slo).flatMap(([objective]) =>
        WINDOWS.map((window) => ({
            record: ratioName(window),
            expr: errorRatio(of, objective, slo, window),
            labels: { application: of.application, objective },
        })),
    );
}

/** The labels and annotations that every alert carries, so that it says whose it is and what to do (P94). */
function alert(
    { application, settings, team }: AlertArgs,
    name: string,
    severity: "critical" | "warning",
    expr: string,
    duration: string,
    summary: string,
    description: string,
): PrometheusRule {
    return {
        alert: name,
        expr,
        for: duration,
        labels: { severity, application, team },
        annotations: {
            summary: `${application}: ${summary}`,
            description,
            runbook_url: settings.slo?.runbook ?? `${RUNBOOK}#${name.toLowerCase()}`,
        },
    };
}

const BROKEN: Readonly<Record<Objective, (slo: SloSettings) => string>> = {
    availability: ({ availability }) => `${availability} % of requests without a server error`,
    latency: ({ latency, latencyShare }) => `${latencyShare} % of requests within ${latency} ms`,
};

/** An alert for each objective and each speed at which its budget burns. */
function burnAlerts(args: AlertArgs, slo: SloSettings): PrometheusRule[] {
    return objectives(slo).flatMap(([objective, allowed]) =>
        BURNS.map(({ factor, long, short, for: duration, severity }) => {
            const limit = Number((factor * allowed).toPrecision(6));
            const over = (window: string) =>
                `${recorded(args.application, objective, window)} > ${limit}`;
            const rule = alert(
                args,
                "ErrorBudgetBurns",
                severity,
                `${over(long)} and ${over(short)}`,
                duration,
                `burns its ${objective} budget ${factor} times too fast`,
                `The objective is ${BROKEN[objective](slo)} over 30 days. Over ${long} and ${short} more than ${factor} times the allowed share broke it.`,
            );
            return { ...rule, labels: { ...rule.labels, objective, window: long } };
        }),
    );
}

/** Without the bucket of the objective nothing would ever be said about latency. */
function bucketAlert(args: AlertArgs, of: Series, { latency }: SloSettings): PrometheusRule[] {
    if (latency === undefined) return [];
    const { duration } = of.metrics;
    return [
        alert(
            args,
            "LatencyNotMeasured",
            "warning",
            `sum(absent(${series(of, `${duration}_bucket`, bound(latency))})) and on () count(${series(of, `${duration}_count`)}) > 0`,
            "15m",
            `has no bucket of ${latency} ms`,
            `The histogram ${duration} has no bucket with the upper bound of the objective, so its latency cannot be judged. Add the bucket, or choose an objective that it has.`,
        ),
    ];
}

/** Whether Prometheus reaches it at all (G4.6). */
function scrapeAlerts(args: AlertArgs, of: Series): PrometheusRule[] {
    const up = series(of, "up");
    return [
        alert(
            args,
            "ApplicationDown",
            "critical",
            `absent(${up} == 1)`,
            "2m",
            "answers Prometheus from no pod",
            "No pod of it gives metrics: none runs, none is ready, or the port or the path is another one.",
        ),
    ];
}

/** What the cluster knows about pods that run all the time. */
function runningAlerts(args: AlertArgs): PrometheusRule[] {
    const { application } = args;
    const own = `namespace="${application}"`;
    const hpa = `${own},horizontalpodautoscaler=~"(keda-hpa-)?${application}"`;
    return [
        alert(
            args,
            "PodsCrash",
            "critical",
            `increase(kube_pod_container_status_restarts_total{${own}}[15m]) > 2`,
            "5m",
            "has a container that starts again and again",
            "Container {{ $labels.container }} of pod {{ $labels.pod }} ended more than twice in 15 minutes.",
        ),
        alert(
            args,
            "PodsNotReady",
            "critical",
            `sum(kube_pod_status_ready{${own},condition="false"} * on (pod, namespace) group_left kube_pod_status_phase{${own},phase=~"Pending|Running"}) > 0`,
            "15m",
            "has pods that do not become ready",
            "{{ $value }} pods are neither ready nor gone.",
        ),
        alert(
            args,
            "AutoscalerAtMaximum",
            "warning",
            `kube_horizontalpodautoscaler_status_current_replicas{${hpa}} >= kube_horizontalpodautoscaler_spec_max_replicas{${hpa}}`,
            "30m",
            "runs as many pods as it may",
            "It cannot grow any more. Raise replicas.max, or find out what drives it.",
        ),
        alert(
            args,
            "MemoryNearLimit",
            "warning",
            `max by (pod, container) (container_memory_working_set_bytes{${own},container!=""} / on (namespace, pod, container) kube_pod_container_resource_limits{${own},resource="memory"}) > 0.9`,
            "15m",
            "is about to be ended for its memory",
            "Container {{ $labels.container }} of pod {{ $labels.pod }} uses more than 90 % of what it may.",
        ),
    ];
}

/** What the cluster knows about runs. */
function scheduleAlerts(args: AlertArgs): PrometheusRule[] {
    const { application, settings } = args;
    const own = `namespace="${application}"`;
    const deadline = settings.schedule?.deadline ?? 3600;
    return [
        alert(
            args,
            "RunFailed",
            "critical",
            `kube_job_status_failed{${own}} > 0 and on (job_name, namespace) kube_job_failed{${own},condition="true"} > 0`,
            "1m",
            "has a run that failed",
            "Job {{ $labels.job_name }} gave up after its retries or its deadline.",
        ),
        alert(
            args,
            "RunTakesLong",
            "warning",
            `time() - kube_job_status_start_time{${own}} > ${Math.round(deadline * 0.8)} and on (job_name, namespace) kube_job_status_active{${own}} > 0`,
            "1m",
            "has a run that is near its deadline",
            `Job {{ $labels.job_name }} has used 80 % of its ${deadline} seconds.`,
        ),
    ];
}

/** How often rules are evaluated (G8.5). */
const INTERVAL = "30s";

/** The recording and alert rules of an application. */
export function ruleGroups(args: AlertArgs): RuleGroup[] {
    const { application, settings } = args;
    const { metrics, slo, kind } = settings;
    const of = metrics && { application, metrics };
    const group = (name: string, rules: PrometheusRule[]): RuleGroup[] =>
        rules.length === 0 ? [] : [{ name: `${application}-${name}`, interval: INTERVAL, rules }];
    return [
        ...group("objectives", of && slo ? recordings(of, slo) : []),
        ...group(
            "budgets",
            of && slo ? [...burnAlerts(args, slo), ...bucketAlert(args, of, slo)] : [],
        ),
        ...group("health", [
            ...(of ? scrapeAlerts(args, of) : []),
            ...(RUNNING.includes(kind) ? runningAlerts(args) : scheduleAlerts(args)),
        ]),
    ];
}
