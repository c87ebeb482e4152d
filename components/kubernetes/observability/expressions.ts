import type { MetricsSettings } from "../../settings/application-types.ts";

/** The application's series: those that its ServiceMonitor brings. */
export interface Series {
    readonly application: string;
    readonly metrics: MetricsSettings;
}

/** What an objective is about. */
export type Objective = "availability" | "latency";

/** A selector of the application's own series, with further matchers. */
export function series({ application }: Series, metric: string, matchers = ""): string {
    const further = matchers === "" ? "" : `,${matchers}`;
    return `${metric}{namespace="${application}",job="${application}"${further}}`;
}

/** Requests per second. */
export function requests(of: Series, window: string): string {
    return `sum(rate(${series(of, of.metrics.requests)}[${window}]))`;
}

/** Requests per second that ended in a server error; none is zero, not unknown. */
function failures(of: Series, window: string): string {
    const { requests: metric, status } = of.metrics;
    return `(sum(rate(${series(of, metric, `${status}=~"5.."`)}[${window}])) or vector(0))`;
}

/**
 * The upper bound of a histogram's bucket, in seconds, in both forms that Prometheus knows: 3.x writes `1.0` where the
 * application says `1`.
 *
 * @see https://prometheus.io/docs/prometheus/latest/migration/
 */
export function bound(milliseconds: number): string {
    const seconds = milliseconds / 1000;
    return Number.isInteger(seconds) ? `le=~"${seconds}|${seconds}[.]0"` : `le="${seconds}"`;
}

/** The share of requests that ended in a server error. */
export function failureRatio(of: Series, window: string): string {
    return `${failures(of, window)} / ${requests(of, window)}`;
}

/** The share of requests that took longer than so many milliseconds. */
export function slowRatio(of: Series, latency: number, window: string): string {
    const { duration } = of.metrics;
    const fast = `sum(rate(${series(of, `${duration}_bucket`, bound(latency))}[${window}]))`;
    return `1 - ${fast} / sum(rate(${series(of, `${duration}_count`)}[${window}]))`;
}

/** The duration that a share of the requests stays below, in seconds. */
export function quantile(of: Series, share: number, window: string): string {
    const buckets = series(of, `${of.metrics.duration}_bucket`);
    return `histogram_quantile(${share}, sum by (le) (rate(${buckets}[${window}])))`;
}

/** The name of the recorded error ratio over a window. */
export const ratioName = (window: string) => `slo:error_ratio:rate${window}`;

/** The recorded error ratio of an objective. */
export function recorded(application: string, objective: Objective, window: string): string {
    return `${ratioName(window)}{application="${application}",objective="${objective}"}`;
}
