import type { KubernetesVersion } from "../contracts/cluster.ts";
import type { Problem } from "../lib/problem.ts";

/** A Helm chart, pinned. */
export interface Chart {
    /** The chart's name in its repository. */
    readonly chart: string;
    /** The exact version of the chart. */
    readonly version: string;
    /** The version of what the chart installs. */
    readonly appVersion: string;
    readonly repository: string;
    /** The Kubernetes versions it is meant for; both ends are included. */
    readonly kubernetes: { readonly min: KubernetesVersion; readonly max: KubernetesVersion };
    /**
     * Values that follow the cluster's version, under the ones that the caller gives.
     *
     * @default - none
     */
    readonly versionValues?: Partial<Record<KubernetesVersion, Readonly<Record<string, unknown>>>>;
    /** Where the version and what it supports can be read. */
    readonly see: string;
}

/** The key of a chart in the table. */
export type ChartKey = keyof typeof CHARTS;

/** The autoscaler's image: its minor version has to be the cluster's own. */
function autoscalerImage(tag: string) {
    return { image: { repository: "registry.k8s.io/autoscaling/cluster-autoscaler", tag } };
}

/** Every chart that a platform installs: the one place where versions are raised. */
export const CHARTS = {
    "external-secrets": {
        chart: "external-secrets",
        version: "2.9.0",
        appVersion: "v2.9.0",
        repository: "https://charts.external-secrets.io",
        // The chart accepts every version from 1.19; upstream tests only the newest one or two.
        kubernetes: { min: "1.35", max: "1.37" },
        see: "https://external-secrets.io/latest/introduction/stability-support/",
    },
    "alb-controller": {
        chart: "alb-controller",
        // The newest that is built for the types of the Gateway API that are installed with it.
        version: "1.12.4",
        appVersion: "1.12.4",
        repository: "oci://mcr.microsoft.com/application-lb/charts",
        kubernetes: { min: "1.35", max: "1.37" },
        see: "https://learn.microsoft.com/azure/application-gateway/for-containers/alb-controller-release-notes",
    },
    "aws-load-balancer-controller": {
        chart: "aws-load-balancer-controller",
        version: "3.5.0",
        appVersion: "v3.5.0",
        repository: "https://aws.github.io/eks-charts",
        // The chart accepts every version from 1.22.
        kubernetes: { min: "1.35", max: "1.37" },
        see: "https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/deploy/installation/",
    },
    "cluster-autoscaler": {
        chart: "cluster-autoscaler",
        version: "9.59.0",
        appVersion: "1.35.0",
        repository: "https://kubernetes.github.io/autoscaler",
        // There was no image for 1.37 when the version was pinned.
        kubernetes: { min: "1.35", max: "1.36" },
        // The newest chart still names the image of 1.35.0, so the newest of the cluster's minor is named here.
        versionValues: {
            "1.35": autoscalerImage("v1.35.2"),
            "1.36": autoscalerImage("v1.36.1"),
        },
        see: "https://github.com/kubernetes/autoscaler/tree/master/cluster-autoscaler#releases",
    },
    "rabbitmq-cluster-operator": {
        chart: "rabbitmq-cluster-operator",
        version: "0.4.0",
        appVersion: "2.22.1",
        repository: "oci://registry-1.docker.io/cloudpirates",
        // RabbitMQ publishes manifests only; this chart follows them, with the topology operator beside.
        kubernetes: { min: "1.35", max: "1.37" },
        see: "https://github.com/CloudPirates-io/helm-charts/tree/main/charts/rabbitmq-cluster-operator",
    },
    "strimzi-kafka-operator": {
        chart: "strimzi-kafka-operator",
        version: "1.2.0",
        appVersion: "1.2.0",
        repository: "https://strimzi.io/charts",
        kubernetes: { min: "1.35", max: "1.37" },
        see: "https://strimzi.io/downloads/",
    },
    "eck-operator": {
        chart: "eck-operator",
        version: "3.5.0",
        appVersion: "3.5.0",
        repository: "https://helm.elastic.co",
        kubernetes: { min: "1.35", max: "1.37" },
        see: "https://www.elastic.co/docs/deploy-manage/deploy/cloud-on-k8s#k8s-supported",
    },
    keda: {
        chart: "keda",
        version: "2.20.2",
        appVersion: "2.20.2",
        repository: "https://kedacore.github.io/charts",
        // Upstream's table ends with the versions that stood at the release; the APIs it uses are all stable.
        kubernetes: { min: "1.35", max: "1.37" },
        see: "https://keda.sh/docs/latest/operate/cluster/#kubernetes-compatibility",
    },
    "kube-prometheus-stack": {
        chart: "kube-prometheus-stack",
        version: "92.19.0",
        appVersion: "v0.95.0",
        repository: "https://prometheus-community.github.io/helm-charts",
        kubernetes: { min: "1.35", max: "1.37" },
        see: "https://github.com/prometheus-community/helm-charts/tree/main/charts/kube-prometheus-stack",
    },
    snapscheduler: {
        chart: "snapscheduler",
        version: "3.5.0",
        appVersion: "3.5.0",
        repository: "https://backube.github.io/helm-charts",
        // The chart accepts every version from 1.20; it uses stable APIs only.
        kubernetes: { min: "1.35", max: "1.37" },
        see: "https://backube.github.io/snapscheduler/",
    },
    valkey: {
        chart: "valkey",
        // The first version that fails over by itself, and the first that its makers call stable.
        version: "1.0.0",
        appVersion: "9.1.1",
        repository: "https://valkey.io/valkey-helm",
        kubernetes: { min: "1.35", max: "1.37" },
        see: "https://valkey.io/blog/valkey-helm-1.0.0-ga/",
    },
    "cert-manager": {
        chart: "cert-manager",
        version: "v1.21.2",
        appVersion: "v1.21.2",
        repository: "oci://quay.io/jetstack/charts",
        // No release listed 1.37 when the version was pinned.
        kubernetes: { min: "1.35", max: "1.36" },
        see: "https://cert-manager.io/docs/releases/",
    },
    "external-dns": {
        chart: "external-dns",
        version: "1.21.1",
        appVersion: "0.21.0",
        repository: "https://kubernetes-sigs.github.io/external-dns",
        kubernetes: { min: "1.35", max: "1.37" },
        see: "https://github.com/kubernetes-sigs/external-dns#kubernetes-version-compatibility",
    },
    "gateway-api-crds": {
        chart: "gateway-api-crds",
        version: "1.2.0",
        appVersion: "v1.5.1",
        repository: "https://charts.christianhuth.de",
        // Upstream publishes manifests only. The clouds' controllers are built for 1.5.
        kubernetes: { min: "1.35", max: "1.37" },
        see: "https://gateway-api.sigs.k8s.io/concepts/versioning/",
    },
    "envoy-gateway": {
        chart: "gateway-helm",
        version: "v1.9.0",
        appVersion: "v1.9.0",
        repository: "oci://docker.io/envoyproxy",
        kubernetes: { min: "1.35", max: "1.36" },
        see: "https://gateway.envoyproxy.io/news/releases/matrix/",
    },
} as const satisfies Record<string, Chart>;

/** True if the text is the key of a pinned chart. */
export function isChartKey(text: string): text is ChartKey {
    return Object.hasOwn(CHARTS, text);
}

/** The pinned chart of a key. */
export function chartOf(key: ChartKey): Chart {
    return CHARTS[key];
}

/** The number after the dot: 36 for `1.36`. All versions in use are 1.x. */
function minor(version: KubernetesVersion): number {
    return Number(version.slice(version.indexOf(".") + 1));
}

/** What is wrong with installing the charts on a cluster of this version; empty if nothing is. */
export function chartProblems(version: KubernetesVersion, keys: readonly string[]): Problem[] {
    return keys.flatMap((key) => {
        if (!isChartKey(key)) {
            const allowed = Object.keys(CHARTS).join(", ");
            return [
                {
                    path: `charts.${key}`,
                    message: `is not a pinned chart; there are ${allowed}`,
                    fix: "Add it to components/kubernetes/charts.ts or correct the key",
                },
            ];
        }
        const { chart, version: pinned, kubernetes, see } = chartOf(key);
        if (minor(version) >= minor(kubernetes.min) && minor(version) <= minor(kubernetes.max)) {
            return [];
        }
        return [
            {
                path: "cluster.version",
                value: version,
                message: `is not supported by chart ${chart} ${pinned}, which takes ${kubernetes.min} to ${kubernetes.max} (${see})`,
                fix: `Choose a version from ${kubernetes.min} to ${kubernetes.max}, or raise the chart in components/kubernetes/charts.ts`,
            },
        ];
    });
}
