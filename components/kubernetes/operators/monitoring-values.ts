import type * as pulumi from "@pulumi/pulumi";
import { amount } from "../../lib/units.ts";
import { keepApart, spreadOver } from "../spread.ts";
import type { MonitoringArgs } from "./monitoring.ts";
import { RESTRICTED_CONTAINER } from "../restricted.ts";
import { small } from "./operator.ts";
import { PROMETHEUS } from "./places.ts";

/** The Secret with Grafana's administrator. */
export const GRAFANA_SECRET = "grafana-admin";

/** What Grafana may read of the cluster: its own chart would let it read the Secrets of every namespace too. */
export const GRAFANA_ROLE = {
    name: "platform-grafana",
    rules: [{ apiGroups: [""], resources: ["configmaps"], verbs: ["get", "list", "watch"] }],
};

/** What the cluster's objects are told of by: all kinds but ConfigMaps and Secrets, whose contents it would have to read. */
const COLLECTORS = [
    "certificatesigningrequests",
    "cronjobs",
    "daemonsets",
    "deployments",
    "endpointslices",
    "horizontalpodautoscalers",
    "ingresses",
    "jobs",
    "leases",
    "limitranges",
    "mutatingwebhookconfigurations",
    "namespaces",
    "networkpolicies",
    "nodes",
    "persistentvolumeclaims",
    "persistentvolumes",
    "poddisruptionbudgets",
    "pods",
    "replicasets",
    "replicationcontrollers",
    "resourcequotas",
    "services",
    "statefulsets",
    "storageclasses",
    "validatingwebhookconfigurations",
    "volumeattachments",
];

/** What Prometheus asks for and may use (G4.2). */
const PROMETHEUS_RESOURCES = {
    requests: { cpu: "1", memory: "2Gi" },
    limits: { cpu: "2", memory: "4Gi" },
};

/** The share of its volume that Prometheus may fill: the rest is what it is writing just now. */
const FILLED = 0.85;

/** How many pods there are of what has to survive the loss of a zone. */
const copies = ({ highAvailability }: MonitoringArgs) => (highAvailability ? 2 : 1);

/** Values of the chart `kube-prometheus-stack`. Each top-level key is a part. */
export function monitoringValues(args: MonitoringArgs): Record<string, pulumi.Input<unknown>> {
    return {
        prometheus: prometheus(args),
        prometheusOperator: {
            resources: small("50m", "256Mi", "200m"),
            prometheusConfigReloader: { resources: small("10m", "64Mi", "50m") },
            admissionWebhooks: { patch: { resources: small("20m", "64Mi", "100m") } },
        },
        alertmanager: alertmanager(args),
        grafana: grafana(),
        "kube-state-metrics": {
            resources: small("20m", "256Mi", "100m"),
            collectors: COLLECTORS,
        },
        "prometheus-node-exporter": {
            // It reads the host's own files and processes. Only `kube-system` lets such pods in, on every cloud.
            namespaceOverride: "kube-system",
            resources: small("20m", "64Mi", "200m"),
        },
        // The clouds run these where nobody reads their metrics.
        kubeControllerManager: { enabled: false },
        kubeScheduler: { enabled: false },
        kubeEtcd: { enabled: false },
        kubeProxy: { enabled: false },
    };
}

/** Prometheus: monitors and rules of every namespace, and labels that tell its site from others (G2.10). */
function prometheus(args: MonitoringArgs) {
    const { cluster, cloud, region, settings, highAvailability } = args;
    const every = { enabled: true };
    return {
        ...every,
        podDisruptionBudget: { enabled: highAvailability, minAvailable: 1 },
        prometheusSpec: {
            replicas: copies(args),
            externalLabels: { cluster: cluster.clusterName, region, cloud_provider: cloud },
            scrapeInterval: "30s",
            evaluationInterval: "30s",
            enableAdminAPI: false,
            retention: `${amount(settings.retention)}d`,
            retentionSize: `${Math.floor(amount(settings.storage) * FILLED * 1024)}MiB`,
            resources: PROMETHEUS_RESOURCES,
            topologySpreadConstraints: highAvailability ? spreadOver(PROMETHEUS.pods) : [],
            storageSpec: volumes(args, settings.storage),
            // Without these, only what this chart brings would be read.
            serviceMonitorSelectorNilUsesHelmValues: false,
            podMonitorSelectorNilUsesHelmValues: false,
            probeSelectorNilUsesHelmValues: false,
            ruleSelectorNilUsesHelmValues: false,
            scrapeConfigSelectorNilUsesHelmValues: false,
        },
    };
}

/** A volume for each pod. */
function volumes({ storageClass }: MonitoringArgs, storage: MonitoringArgs["settings"]["storage"]) {
    return {
        volumeClaimTemplate: {
            spec: {
                storageClassName: storageClass.name,
                accessModes: ["ReadWriteOnce"],
                resources: { requests: { storage: `${amount(storage)}Gi` } },
            },
        },
    };
}

/** Alertmanager: one message per alert's name, and no warning beside the critical alert that says the same (G4.8, G4.9). */
function alertmanager(args: MonitoringArgs) {
    const labels = { "app.kubernetes.io/name": "alertmanager" };
    return {
        enabled: true,
        podDisruptionBudget: { enabled: args.highAvailability, minAvailable: 1 },
        config: {
            global: { resolve_timeout: "5m" },
            route: {
                receiver: "null",
                group_by: ["alertname"],
                group_wait: "10s",
                group_interval: "5m",
                repeat_interval: "1h",
                routes: [],
            },
            inhibit_rules: [
                {
                    source_matchers: ['severity = "critical"'],
                    target_matchers: ['severity = "warning"'],
                    equal: ["alertname", "instance"],
                },
            ],
            // Receivers hold credentials, so they come from AlertmanagerConfigs, which read Secrets.
            receivers: [{ name: "null" }],
        },
        alertmanagerSpec: {
            replicas: copies(args),
            resources: small("20m", "128Mi", "100m"),
            storage: volumes(args, "5 GiB"),
            affinity: args.highAvailability ? keepApart(labels) : {},
        },
    };
}

/** Grafana: no password but the generated one, and dashboards from ConfigMaps of every namespace. */
function grafana() {
    return {
        enabled: true,
        admin: { existingSecret: GRAFANA_SECRET, userKey: "username", passwordKey: "password" },
        resources: small("100m", "256Mi", "500m"),
        // It would have to run as root.
        initChownData: { enabled: false },
        testFramework: { enabled: false },
        sidecar: {
            resources: small("20m", "128Mi", "100m"),
            securityContext: {
                ...RESTRICTED_CONTAINER,
                seccompProfile: { type: "RuntimeDefault" },
            },
            dashboards: {
                enabled: true,
                label: "grafana_dashboard",
                labelValue: "1",
                searchNamespace: "ALL",
                resource: "configmap",
            },
            datasources: { resource: "configmap" },
        },
        rbac: { useExistingClusterRole: GRAFANA_ROLE.name },
        "grafana.ini": {
            analytics: { check_for_updates: false, reporting_enabled: false },
            users: { allow_sign_up: false },
        },
    };
}
