import type * as pulumi from "@pulumi/pulumi";
import { CustomResource } from "@pulumi/kubernetes/apiextensions/customResource.js";
import { ConfigMap } from "@pulumi/kubernetes/core/v1/configMap.js";
import type { IPrometheusRule } from "@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/PrometheusRule";
import type { IServiceMonitor } from "@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/ServiceMonitor";
import type { ApplicationSettings } from "../../settings/application-types.ts";
import { selectorLabels } from "../labels.ts";
import type { Manifest } from "../manifest.ts";
import type { Within } from "../platform-namespace.ts";
import { PORT_NAME, metricsPort } from "../application/ports.ts";
import type { Metadata } from "../application/workload.ts";
import { ruleGroups } from "./alerts.ts";
import { dashboard } from "./dashboard.ts";

/** What watches an application. */
export interface ObserveArgs {
    readonly application: string;
    readonly settings: ApplicationSettings;
    /** The team that answers for it, which alerts name. */
    readonly team: string;
    readonly metadata: Metadata;
    /** Prometheus' operator, whose types the objects are of. */
    readonly operator: pulumi.Resource;
}

/** What Prometheus reads: each pod behind the Service, every 30 seconds (G4.3). */
function serviceMonitor(metadata: Metadata, settings: ApplicationSettings) {
    return {
        apiVersion: "monitoring.coreos.com/v1",
        kind: "ServiceMonitor",
        metadata,
        spec: {
            // The series' job is the Service's name: the application's key.
            selector: { matchLabels: selectorLabels(metadata.name) },
            endpoints: [
                {
                    port: metricsPort(settings) ?? PORT_NAME,
                    path: settings.metrics?.path ?? "/metrics",
                    interval: "30s",
                    scrapeTimeout: "10s",
                },
            ],
            // One pod must not fill Prometheus with series of its own making.
            sampleLimit: 20_000,
        },
    } satisfies Manifest<IServiceMonitor>;
}

function prometheusRule(metadata: Metadata, args: ObserveArgs) {
    return {
        apiVersion: "monitoring.coreos.com/v1",
        kind: "PrometheusRule",
        metadata,
        spec: { groups: ruleGroups(args) },
    } satisfies Manifest<IPrometheusRule>;
}

/** Makes what reads an application's metrics, tells its team, and draws it. */
export function observe(name: string, args: ObserveArgs, within: Within): void {
    const { application, settings, metadata, operator } = args;
    const opts = { ...within, dependsOn: [operator] };
    if (settings.metrics !== undefined) {
        new CustomResource(`${name}-metrics`, serviceMonitor(metadata, settings), opts);
    }
    new CustomResource(`${name}-alerts`, prometheusRule(metadata, args), opts);
    const { namespace, labels } = metadata;
    new ConfigMap(
        `${name}-dashboard`,
        {
            metadata: {
                name: "dashboard",
                namespace,
                // Grafana's sidecar looks for this label in every namespace.
                labels: { ...labels, grafana_dashboard: "1" },
            },
            data: {
                [`${application}.json`]: JSON.stringify(dashboard(application, settings)),
            },
        },
        within,
    );
}
