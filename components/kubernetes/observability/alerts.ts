import { RUNNING } from "../../contracts/application-kind.ts";
import type { ApplicationSettings, SloSettings } from "../../settings/application-types.ts";
import { bound, failureRatio, ratioName, recorded, series, slowRatio } from "./expressions.ts";
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

/** An objective, and how much may break it. */
interface Budget {
    readonly objective: Objective;
    /** The share of requests that may break it. */
    readonly allowed: number;
    /** The share of requests that broke it, over a window. */
    readonly broke: (of: Series, window: string) => string;
}

function budgets({ availability, latency, latencyShare }: SloSettings): readonly Budget[] {
    const share = (percent: number) => Number((1 - percent / 100).toFixed(6));
    const answered: Budget = {
        objective: "availability",
        allowed: share(availability),
        broke: failureRatio,
    };
    if (latency === undefined) return [answered];
    const fast: Budget = {
        objective: "latency",
        allowed: share(latencyShare),
        broke: (of, window) => slowRatio(of, latency, window),
    };
    return [answered, fast];
}

/** Error ratios of each objective over every window. */
function recordings(of: Series, slo: SloSettings): PrometheusRule[] {
    return budgets(slo).flatMap(({ objective, broke }) =>
        WINDOWS.map((window) => ({
            record: ratioName(window),
            expr: broke(of, window),
            labels: { application: of.application, objective },
        })),
    );
}

/** What an alert says, besides whose it is. */
interface Alert {
    readonly name: string;
    readonly severity: "critical" | "warning";
    readonly expr: string;
    /** How long the expression has to hold, as Prometheus writes it. */
    readonly lasting: string;
    /** Goes on behind the application's name. */
    readonly summary: string;
    readonly description: string;
}

/** The labels and annotations that every alert carries, so that it says whose it is and what to do (P94). */
function alert(
    { application, settings, team }: AlertArgs,
    { name, severity, expr, lasting, summary, description }: Alert,
): PrometheusRule {
    return {
        alert: name,
        expr,
        for: lasting,
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
    return budgets(slo).flatMap(({ objective, allowed }) =>
        BURNS.map(({ factor, long, short, for: duration, severity }) => {
            const limit = Number((factor * allowed).toPrecision(6));
            const over = (window: string) =>
                `${recorded(args.application, objective, window)} > ${limit}`;
            const rule = alert(args, {
                name: "ErrorBudgetBurns",
                severity,
                expr: `${over(long)} and ${over(short)}`,
                lasting: duration,
                summary: `burns its ${objective} budget ${factor} times too fast`,
                description: `The objective is ${BROKEN[objective](slo)} over 30 days. Over ${long} and ${short} more than ${factor} times the allowed share broke it.`,
            });
            return { ...rule, labels: { ...rule.labels, objective, window: long } };
        }),
    );
}

/** Without the bucket of the objective nothing would ever be said about latency. */
function bucketAlert(args: AlertArgs, of: Series, { latency }: SloSettings): PrometheusRule[] {
    if (latency === undefined) return [];
    const { duration } = of.metrics;
    return [
        alert(args, {
            name: "LatencyNotMeasured",
            severity: "warning",
            expr: `sum(absent(${series(of, `${duration}_bucket`, bound(latency))})) and on () count(${series(of, `${duration}_count`)}) > 0`,
            lasting: "15m",
            summary: `has no bucket of ${latency} ms`,
            description: `The histogram ${duration} has no bucket with the upper bound of the objective, so its latency cannot be judged. Add the bucket, or choose an objective that it has.`,
        }),
    ];
}

/** Whether Prometheus reaches it at all (G4.6). */
function scrapeAlerts(args: AlertArgs, of: Series): PrometheusRule[] {
    const up = series(of, "up");
    return [
        alert(args, {
            name: "ApplicationDown",
            severity: "critical",
            expr: `absent(${up} == 1)`,
            lasting: "2m",
            summary: "answers Prometheus from no pod",
            description:
                "No pod of it gives metrics: none runs, none is ready, or the port or the path is another one.",
        }),
    ];
}

/** What the cluster knows about pods that run all the time. */
function runningAlerts(args: AlertArgs): PrometheusRule[] {
    const { application } = args;
    const own = `namespace="${application}"`;
    const hpa = `${own},horizontalpodautoscaler=~"(keda-hpa-)?${application}"`;
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
        alert(args, {
            name: "AutoscalerAtMaximum",
            severity: "warning",
            expr: `kube_horizontalpodautoscaler_status_current_replicas{${hpa}} >= kube_horizontalpodautoscaler_spec_max_replicas{${hpa}}`,
            lasting: "30m",
            summary: "runs as many pods as it may",
            description: "It cannot grow any more. Raise replicas.max, or find out what drives it.",
        }),
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
function scheduleAlerts(args: AlertArgs): PrometheusRule[] {
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
