import type { ApplicationSettings } from "../../settings/application-types.ts";
import { failureRatio, quantile, recorded, requests } from "./expressions.ts";
import type { Series } from "./expressions.ts";

/** A query with the name that its line gets. */
interface Line {
    readonly expr: string;
    readonly legend: string;
}

/** From which value on something is coloured. */
interface Step {
    readonly value: number | null;
    readonly color: string;
}

/** One picture of a dashboard. */
interface Panel {
    readonly title: string;
    readonly kind: "timeseries" | "stat";
    /** Grafana's name of the unit. */
    readonly unit: string;
    readonly lines: readonly Line[];
    readonly steps?: readonly Step[];
}

/** A dashboard's panels stand in two columns. */
const WIDTH = 12;
const HEIGHT = 8;

const DATASOURCE = { type: "prometheus", uid: "${datasource}" };

/** Grafana's form of a panel. */
function panelJson({ title, kind, unit, lines, steps }: Panel, index: number) {
    return {
        id: index + 1,
        type: kind,
        title,
        datasource: DATASOURCE,
        gridPos: {
            x: (index % 2) * WIDTH,
            y: Math.floor(index / 2) * HEIGHT,
            w: WIDTH,
            h: HEIGHT,
        },
        fieldConfig: {
            defaults: {
                unit,
                ...(steps && { thresholds: { mode: "absolute", steps } }),
                ...(kind === "timeseries" &&
                    steps && { custom: { thresholdsStyle: { mode: "line" } } }),
            },
            overrides: [],
        },
        targets: lines.map(({ expr, legend }, at) => ({
            refId: String.fromCharCode(65 + at),
            datasource: DATASOURCE,
            expr,
            legendFormat: legend,
        })),
    };
}

/** Rate, errors and duration (G4.11): the share of errors turns at 1 % and 5 %. */
function requestPanels(of: Series): Panel[] {
    return [
        {
            title: "Requests",
            kind: "timeseries",
            unit: "reqps",
            lines: [{ expr: requests(of, "5m"), legend: "all" }],
        },
        {
            title: "Share of server errors",
            kind: "timeseries",
            unit: "percentunit",
            lines: [{ expr: failureRatio(of, "5m"), legend: "5xx" }],
            steps: [
                { value: null, color: "green" },
                { value: 0.01, color: "yellow" },
                { value: 0.05, color: "red" },
            ],
        },
        {
            title: "Duration",
            kind: "timeseries",
            unit: "s",
            lines: [0.5, 0.95, 0.99].map((share) => ({
                expr: quantile(of, share, "5m"),
                legend: `p${share * 100}`,
            })),
        },
    ];
}

/** How fast the budget of server errors burns, and the share of requests without one over three days (G8.7). */
function objectivePanels(application: string, settings: ApplicationSettings): Panel[] {
    const { slo } = settings;
    if (slo === undefined) return [];
    const allowed = Number((1 - slo.availability / 100).toFixed(6));
    const burn = (window: string) => ({
        expr: `${recorded(application, "availability", window)} / ${allowed}`,
        legend: window,
    });
    return [
        {
            title: `How fast the budget of ${slo.availability} % burns`,
            kind: "timeseries",
            unit: "none",
            lines: ["5m", "1h", "6h"].map(burn),
            steps: [
                { value: null, color: "green" },
                { value: 1, color: "yellow" },
                { value: 14.4, color: "red" },
            ],
        },
        {
            title: "Requests without a server error, over three days",
            kind: "stat",
            unit: "percentunit",
            lines: [{ expr: `1 - ${recorded(application, "availability", "3d")}`, legend: "" }],
            steps: [
                { value: null, color: "red" },
                { value: Number((1 - 2 * allowed).toFixed(6)), color: "yellow" },
                { value: Number((1 - allowed).toFixed(6)), color: "green" },
            ],
        },
    ];
}

/** What its pods use of what they may. */
function podPanels(application: string): Panel[] {
    const own = `namespace="${application}"`;
    const by = "by (pod)";
    return [
        {
            title: "Pods",
            kind: "timeseries",
            unit: "none",
            lines: [
                { expr: `sum(kube_pod_status_ready{${own},condition="true"})`, legend: "ready" },
                { expr: `count(kube_pod_info{${own}})`, legend: "all" },
            ],
        },
        {
            title: "Restarts in an hour",
            kind: "timeseries",
            unit: "none",
            lines: [
                {
                    expr: `sum ${by} (increase(kube_pod_container_status_restarts_total{${own}}[1h]))`,
                    legend: "{{pod}}",
                },
            ],
        },
        {
            title: "CPU",
            kind: "timeseries",
            unit: "cores",
            lines: [
                {
                    expr: `sum ${by} (rate(container_cpu_usage_seconds_total{${own},container!=""}[5m]))`,
                    legend: "{{pod}}",
                },
            ],
        },
        {
            title: "Memory",
            kind: "timeseries",
            unit: "bytes",
            lines: [
                {
                    expr: `sum ${by} (container_memory_working_set_bytes{${own},container!=""})`,
                    legend: "{{pod}}",
                },
                {
                    expr: `max(kube_pod_container_resource_limits{${own},resource="memory"})`,
                    legend: "limit",
                },
            ],
        },
    ];
}

/** The dashboard of an application, as Grafana reads it. */
export function dashboard(application: string, settings: ApplicationSettings) {
    const of = settings.metrics && { application, metrics: settings.metrics };
    const panels = [
        ...(of ? requestPanels(of) : []),
        ...objectivePanels(application, settings),
        ...podPanels(application),
    ];
    return {
        uid: `application-${application}`.slice(0, 40),
        title: `Application ${application}`,
        tags: ["application"],
        schemaVersion: 41,
        time: { from: "now-6h", to: "now" },
        refresh: "1m",
        templating: {
            list: [{ name: "datasource", type: "datasource", query: "prometheus", hide: 2 }],
        },
        panels: panels.map(panelJson),
    };
}
