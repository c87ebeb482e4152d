import { RUNNING } from "../../contracts/application-kind.ts";
import type { SloSettings } from "../../settings/application-types.ts";
import { alert } from "./alert.ts";
import type { AlertArgs, PrometheusRule } from "./alert.ts";
import { bound, failureRatio, ratioName, recorded, series, slowRatio } from "./expressions.ts";
import type { Objective, Series } from "./expressions.ts";
import { runningAlerts, scheduleAlerts } from "./pod-alerts.ts";
import { BURNS, WINDOWS } from "./windows.ts";

/** A group of rules, evaluated together. */
export interface RuleGroup {
    readonly name: string;
    readonly interval: string;
    readonly rules: PrometheusRule[];
}

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
