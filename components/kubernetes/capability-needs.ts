import { REACHES } from "../contracts/edge.ts";
import type { Reach } from "../contracts/edge.ts";
import type { CloudName } from "../contracts/cloud.ts";
import type { SiteSettings } from "../settings/types.ts";
import type { ChartKey } from "./charts.ts";

/** The part of a site's settings that says what its cluster has to be able to do. */
export type NeedSettings = Pick<
    SiteSettings,
    | "applications"
    | "caches"
    | "gateway"
    | "objectStores"
    | "queues"
    | "searches"
    | "sharedFiles"
    | "streams"
>;

/** What a site's applications and services ask of its cluster and its cloud, beyond what every one has. */
export interface Needs {
    /** The gateways that some application is behind. */
    readonly reaches: readonly Reach[];
    /** True if an application has metrics, or an objective. */
    readonly monitoring: boolean;
    /** True if an application scales by something besides CPU and memory. */
    readonly eventScaling: boolean;
    /** The kinds of services that run in the cluster. */
    readonly services: ReadonlySet<"caches" | "queues" | "searches" | "streams">;
    /** True if volumes of a service are copied every day. */
    readonly snapshots: boolean;
    /** True if something has a volume of its own. */
    readonly volumes: boolean;
    /** True if something is signed: services in the cluster, and gateways. */
    readonly certificates: boolean;
    /** True if the cloud's own services or its part of the way in are used. */
    readonly cloudServices: boolean;
}

const hasEntries = (entries: object) => Object.keys(entries).length > 0;

/** The kinds of services of which a site has one in its cluster. */
function servicesOf(settings: NeedSettings): Needs["services"] {
    const inCluster = Object.values(settings.caches).some(
        ({ placement }) => placement === "cluster",
    );
    return new Set([
        ...(inCluster ? ["caches" as const] : []),
        ...(["queues", "searches", "streams"] as const).filter((kind) =>
            hasEntries(settings[kind]),
        ),
    ]);
}

/** True if a queue or a stream has backups. */
function hasBackups({ queues, streams }: NeedSettings): boolean {
    return [...Object.values(queues), ...Object.values(streams)].some(
        ({ backupRetention }) => backupRetention !== "none",
    );
}

/** What a site asks of its cluster and its cloud. */
export function needsOf(settings: NeedSettings): Needs {
    const applications = Object.values(settings.applications);
    const reaches = REACHES.filter((reach) =>
        applications.some(({ expose }) => expose.reach === reach),
    );
    const services = servicesOf(settings);
    const cloudCaches = Object.values(settings.caches).some(
        ({ placement }) => placement === "cloud",
    );
    const monitoring = applications.some(({ metrics }) => metrics !== undefined);
    return {
        reaches,
        monitoring,
        eventScaling: applications.some(
            ({ scaling: { requests, gauge, messages, lag } }) =>
                (requests ?? gauge ?? messages ?? lag) !== undefined,
        ),
        services,
        snapshots: hasBackups(settings),
        volumes:
            monitoring ||
            services.size > 0 ||
            applications.some(({ volumes }) =>
                Object.values(volumes).some(({ kind }) => kind === "block"),
            ),
        certificates: services.size > 0 || reaches.length > 0,
        cloudServices:
            reaches.length > 0 ||
            settings.gateway.zone ||
            cloudCaches ||
            hasEntries(settings.objectStores) ||
            hasEntries(settings.sharedFiles),
    };
}

/** The chart that runs each kind of service. */
const OPERATORS = {
    caches: "valkey",
    queues: "rabbitmq-cluster-operator",
    searches: "eck-operator",
    streams: "strimzi-kafka-operator",
} as const satisfies Record<string, ChartKey>;

/** The charts of a gateway, apart from what a cloud brings itself. */
function gatewayCharts({ gateway }: NeedSettings, cloud: CloudName): ChartKey[] {
    return [
        ...(gateway.kind === "envoy" ? (["envoy-gateway"] as const) : []),
        ...(gateway.zone ? (["external-dns"] as const) : []),
        ...(cloud === "aws" ? (["aws-load-balancer-controller"] as const) : []),
    ];
}

/** The charts that a site installs for its needs, so that its Kubernetes version can be held against them. */
export function chartsOf(settings: NeedSettings, cloud: CloudName): readonly ChartKey[] {
    const needs = needsOf(settings);
    return [
        ...(needs.certificates ? (["cert-manager"] as const) : []),
        ...(needs.monitoring ? (["kube-prometheus-stack"] as const) : []),
        ...(needs.eventScaling ? (["keda"] as const) : []),
        ...(needs.snapshots ? (["snapscheduler"] as const) : []),
        ...[...needs.services].map((kind) => OPERATORS[kind]),
        ...(needs.reaches.length > 0 ? gatewayCharts(settings, cloud) : []),
    ];
}
