import * as pulumi from "@pulumi/pulumi";
import { LimitRange } from "@pulumi/kubernetes/core/v1/limitRange.js";
import { Namespace } from "@pulumi/kubernetes/core/v1/namespace.js";
import { ResourceQuota } from "@pulumi/kubernetes/core/v1/resourceQuota.js";
import type { Release } from "@pulumi/kubernetes/helm/v3/release.js";
import { NetworkPolicy } from "@pulumi/kubernetes/networking/v1/networkPolicy.js";
import type { Cluster, ClusterAddon } from "../contracts/cluster.ts";
import { SECRETS_OPERATOR } from "../contracts/secret-store.ts";
import { refuse } from "../lib/errors.ts";
import type { Tags } from "../lib/tags.ts";
import { CONTAINER_DEFAULTS, podQuota } from "./bounds.ts";
import { chartProblems, isChartKey } from "./charts.ts";
import type { ChartKey } from "./charts.ts";
import { namespaceLabels } from "./labels.ts";
import { chartRelease } from "./release.ts";
import { secretsOperatorPolicies, secretsOperatorValues } from "./secrets-operator.ts";

/** What every cluster gets before applications come. */
export interface ClusterServicesArgs {
    readonly cluster: Cluster;
    /** True if the services survive the loss of a node and of a zone: two of each, spread. */
    readonly highAvailability: boolean;
    /** Become labels on the namespaces. */
    readonly tags: Tags;
}

/**
 * What every cluster gets before applications come: the External Secrets operator, and the charts that the cluster's
 * cloud asks for (`cluster.addons`, such as the autoscaler on AWS).
 *
 * Everything here dies with the cluster and owns nothing outside it.
 */
export class ClusterServices extends pulumi.ComponentResource {
    /** The operator. SecretStore and ExternalSecret objects depend on it: it brings their types, and clears them away. */
    readonly secretsOperator: Release;
    /** The cluster's own charts, by key. */
    readonly addons: Readonly<Record<string, Release>>;

    constructor(name: string, args: ClusterServicesArgs, opts?: pulumi.ComponentResourceOptions) {
        super("platform:kubernetes:ClusterServices", name, {}, opts);
        const { cluster } = args;
        const keys = ["external-secrets", ...cluster.addons.map((addon) => addon.chart)];
        refuse(this, name, chartProblems(cluster.version, keys));
        const within: Within = {
            parent: this,
            provider: cluster.provider,
            deletedWith: cluster.resource,
        };
        this.secretsOperator = installSecretsOperator(name, args, within);
        this.addons = installAddons(name, cluster, within);
        this.registerOutputs({});
    }
}

/** Four times the operator's own five pods. */
const MOST_OPERATOR_PODS = 20;

/** The options that everything in the cluster shares. */
type Within = Pick<pulumi.CustomResourceOptions, "parent" | "provider" | "deletedWith">;

/** The operator, in a namespace that holds it to the restricted profile and to the connections it needs. */
function installSecretsOperator(
    name: string,
    { cluster, highAvailability, tags }: ClusterServicesArgs,
    within: Within,
): Release {
    const { version, nodes } = cluster;
    const { namespace } = SECRETS_OPERATOR;
    const { metadata } = new Namespace(
        `${name}-${namespace}`,
        { metadata: { name: namespace, labels: namespaceLabels(namespace, tags, version) } },
        within,
    );
    const inNamespace = (role: string) => ({ name: role, namespace: metadata.name });
    new ResourceQuota(
        `${name}-${namespace}-pods`,
        { metadata: inNamespace("pods"), spec: podQuota(MOST_OPERATOR_PODS) },
        within,
    );
    new LimitRange(
        `${name}-${namespace}`,
        { metadata: inNamespace("defaults"), spec: CONTAINER_DEFAULTS },
        within,
    );
    const policies = Object.entries(secretsOperatorPolicies()).map(
        ([role, spec]) =>
            new NetworkPolicy(
                `${name}-${namespace}-${role}`,
                { metadata: inNamespace(role), spec },
                within,
            ),
    );
    const values = secretsOperatorValues(highAvailability);
    return chartRelease(
        `${name}-external-secrets`,
        { chart: "external-secrets", version, namespace: metadata.name, values },
        { ...within, dependsOn: [...nodes, ...policies] },
    );
}

/** The cluster's own charts. Keys that are no pinned chart were refused before. */
function installAddons(name: string, cluster: Cluster, within: Within): Record<string, Release> {
    const { version, nodes } = cluster;
    const install = ({ namespace, values, dependsOn }: ClusterAddon, chart: ChartKey) =>
        chartRelease(
            `${name}-${chart}`,
            { chart, version, namespace, values },
            { ...within, dependsOn: [...nodes, ...dependsOn] },
        );
    return Object.fromEntries(
        cluster.addons.flatMap((addon) =>
            isChartKey(addon.chart) ? [[addon.chart, install(addon, addon.chart)]] : [],
        ),
    );
}
