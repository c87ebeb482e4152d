import * as pulumi from "@pulumi/pulumi";
import type { Release } from "@pulumi/kubernetes/helm/v3/release.js";
import type { Cluster } from "../contracts/cluster.ts";
import { SECRETS_OPERATOR } from "../contracts/secret-store.ts";
import { refuse } from "../lib/errors.ts";
import type { Tags } from "../lib/tags.ts";
import { installAddons } from "./addons.ts";
import { chartProblems } from "./charts.ts";
import { makePriorities } from "./priorities.ts";
import { platformNamespace } from "./platform-namespace.ts";
import type { Within } from "./platform-namespace.ts";
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
 * What every cluster gets before applications come: classes of priority, the External Secrets operator, and the charts
 * that the cluster's cloud asks for (`cluster.addons`, such as the autoscaler on AWS).
 *
 * Everything here dies with the cluster and owns nothing outside it.
 */
export class ClusterServices extends pulumi.ComponentResource {
    /** The operator. SecretStore and ExternalSecret objects depend on it: it brings their types, and clears them away. */
    readonly secretsOperator: Release;
    /** The classes that pods of applications name, without which none is let in. */
    readonly priorities: readonly pulumi.Resource[];
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
        this.priorities = makePriorities(name, within);
        this.secretsOperator = installSecretsOperator(name, args, within);
        this.addons = installAddons(name, cluster, cluster.addons, within);
        this.registerOutputs({});
    }
}

/** Four times the operator's own five pods. */
const MOST_OPERATOR_PODS = 20;

/** The operator, in a namespace that holds it to the restricted profile and to the connections it needs. */
function installSecretsOperator(
    name: string,
    { cluster, highAvailability, tags }: ClusterServicesArgs,
    within: Within,
): Release {
    const { version, nodes } = cluster;
    const { name: namespace, ready } = platformNamespace(
        name,
        {
            namespace: SECRETS_OPERATOR.namespace,
            version,
            tags,
            pods: MOST_OPERATOR_PODS,
            policies: secretsOperatorPolicies(),
        },
        within,
    );
    const values = secretsOperatorValues(highAvailability);
    return chartRelease(
        `${name}-external-secrets`,
        { chart: "external-secrets", version, namespace, values },
        { ...within, dependsOn: [...nodes, ...ready] },
    );
}
