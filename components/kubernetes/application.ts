import * as pulumi from "@pulumi/pulumi";
import { Deployment } from "@pulumi/kubernetes/apps/v1/deployment.js";
import { HorizontalPodAutoscaler } from "@pulumi/kubernetes/autoscaling/v2/horizontalPodAutoscaler.js";
import { LimitRange } from "@pulumi/kubernetes/core/v1/limitRange.js";
import { Namespace } from "@pulumi/kubernetes/core/v1/namespace.js";
import { ResourceQuota } from "@pulumi/kubernetes/core/v1/resourceQuota.js";
import { Service } from "@pulumi/kubernetes/core/v1/service.js";
import { ServiceAccount } from "@pulumi/kubernetes/core/v1/serviceAccount.js";
import { NetworkPolicy } from "@pulumi/kubernetes/networking/v1/networkPolicy.js";
import { PodDisruptionBudget } from "@pulumi/kubernetes/policy/v1/podDisruptionBudget.js";
import type { Cluster } from "../contracts/cluster.ts";
import type { Database } from "../contracts/database.ts";
import type { SecretReader } from "../contracts/secret-store.ts";
import { refuse } from "../lib/errors.ts";
import type { Tags } from "../lib/tags.ts";
import type { ApplicationSettings } from "../settings/types.ts";
import { applicationProblems } from "./application-checks.ts";
import { CONTAINER_DEFAULTS, podQuota } from "./bounds.ts";
import { DATABASE_ENV, SECRET, SECRET_VARIABLES } from "./database-secret.ts";
import { storedSecrets } from "./stored-secrets.ts";
import { applicationLabels, imageVersion, namespaceLabels, selectorLabels } from "./labels.ts";
import type { Labels } from "./labels.ts";
import { networkPolicies } from "./network-policies.ts";
import { PORT_NAME, podSpec } from "./pod.ts";
import { ROLLING_UPDATE, autoscalerSpec, disruptionSpec } from "./scaling.ts";

/** A small application: one container that answers HTTP, in a namespace of its own. */
export interface ApplicationArgs {
    readonly cluster: Cluster;
    /**
     * The user's key: the name of the namespace and of the objects in it.
     *
     * Changing it replaces them all.
     */
    readonly application: string;
    readonly settings: ApplicationSettings;
    /** Become labels on every object. */
    readonly tags: Tags;
    /**
     * The database that the settings name, who may read its credentials, and the operator that fetches them.
     *
     * @default - none; the pods then reach nothing but DNS
     */
    readonly database?: {
        readonly database: Database;
        readonly reader: SecretReader;
        readonly operator: pulumi.Resource;
    };
}

/** The options that the application's objects share. */
interface Within {
    readonly parent: pulumi.Resource;
    readonly provider: pulumi.ProviderResource;
    readonly deletedWith: pulumi.Resource;
}

/**
 * A small application in its own namespace: restricted pods that scale, survive a drain, and reach only what they
 * need.
 *
 * Makes Namespace, ResourceQuotas, LimitRange, ServiceAccount, NetworkPolicies, Deployment, Service, HorizontalPodAutoscaler and
 * PodDisruptionBudget; with a database also SecretStore and ExternalSecret. They die with the cluster and own nothing
 * outside it, which the quota holds the namespace to.
 */
export class Application extends pulumi.ComponentResource {
    /** The namespace that everything is in. */
    readonly namespace: string;
    /** Where other pods of the namespace reach it: `http://web.web.svc.cluster.local`. */
    readonly address: string;

    constructor(name: string, args: ApplicationArgs, opts?: pulumi.ComponentResourceOptions) {
        super("platform:kubernetes:Application", name, {}, opts);
        const { application, settings, cluster, database } = args;
        const credentialFields = database?.database.credentials.fields;
        refuse(this, name, applicationProblems({ application, settings, credentialFields }));
        const { provider, resource } = cluster;
        const within: Within = { parent: this, provider, deletedWith: resource };
        const labels = applicationLabels(application, args.tags);

        const namespace = makeNamespace(name, args, within);
        const metadata = { name: application, namespace, labels };
        makeBounds(name, metadata, settings.replicas.max, within);
        const account = new ServiceAccount(
            name,
            { metadata, automountServiceAccountToken: false },
            within,
        );
        const policies = makeNetworkPolicies(name, args, namespace, labels, within);
        const secrets = database && {
            [SECRET]: { reference: database.database.credentials },
        };
        const credentials =
            database &&
            storedSecrets(name, { ...database, namespace, labels, secrets: secrets ?? {} }, within);
        makeDeployment(name, args, metadata, {
            ...within,
            dependsOn: [
                ...cluster.nodes,
                account,
                ...policies,
                ...Object.values(credentials ?? {}),
            ],
        });
        makeServing(name, args, metadata, within);

        this.namespace = application;
        this.address = `http://${application}.${application}.svc.cluster.local`;
        this.registerOutputs({ namespace: this.namespace, address: this.address });
    }
}

/** The metadata of every object in the application's namespace. */
interface Metadata {
    readonly name: string;
    readonly namespace: pulumi.Output<string>;
    readonly labels: Labels;
}

/** The namespace, in which nothing can be opened to the outside. Returns its name. */
function makeNamespace(name: string, args: ApplicationArgs, within: Within): pulumi.Output<string> {
    const { application, tags, cluster } = args;
    const labels = namespaceLabels(application, tags, cluster.version);
    const namespace = new Namespace(name, { metadata: { name: application, labels } }, within);
    new ResourceQuota(
        name,
        {
            metadata: {
                name: "no-public-services",
                namespace: namespace.metadata.name,
                labels: applicationLabels(application, tags),
            },
            // A load balancer made by hand would outlive the cluster and keep its network from being deleted.
            spec: { hard: { "services.loadbalancers": "0", "services.nodeports": "0" } },
        },
        within,
    );
    return namespace.metadata.name;
}

/** What the namespace may come to. An update that replaces all pods at once still has room. */
function makeBounds(name: string, metadata: Metadata, pods: number, within: Within): void {
    new ResourceQuota(
        `${name}-pods`,
        { metadata: { ...metadata, name: "pods" }, spec: podQuota(2 * pods) },
        within,
    );
    new LimitRange(
        name,
        { metadata: { ...metadata, name: "defaults" }, spec: CONTAINER_DEFAULTS },
        within,
    );
}

function makeNetworkPolicies(
    name: string,
    args: ApplicationArgs,
    namespace: pulumi.Output<string>,
    labels: Labels,
    within: Within,
): NetworkPolicy[] {
    const { application, settings, database } = args;
    const policies = networkPolicies({
        selector: selectorLabels(application),
        port: settings.port,
        database: database?.database,
    });
    return Object.entries(policies).map(
        ([role, spec]) =>
            new NetworkPolicy(
                `${name}-${role}`,
                { metadata: { name: role, namespace, labels }, spec },
                within,
            ),
    );
}

/** The pods. No number of replicas stands here: the autoscaler owns it (G3.5). */
function makeDeployment(
    name: string,
    { application, settings, database }: ApplicationArgs,
    metadata: Metadata,
    opts: pulumi.CustomResourceOptions,
): Deployment {
    const selector = selectorLabels(application);
    const env = { ...settings.env, ...(database && DATABASE_ENV) };
    const secretEnv = database ? SECRET_VARIABLES : [];
    return new Deployment(
        name,
        {
            metadata,
            spec: {
                revisionHistoryLimit: 5,
                strategy: ROLLING_UPDATE,
                selector: { matchLabels: selector },
                template: {
                    metadata: {
                        labels: {
                            ...metadata.labels,
                            "app.kubernetes.io/version": imageVersion(settings.image),
                        },
                    },
                    spec: podSpec(
                        { application, settings: { ...settings, env }, secretEnv },
                        selector,
                    ),
                },
            },
        },
        opts,
    );
}

/** What finds the pods, scales them, and lets nodes be drained. */
function makeServing(
    name: string,
    { application, settings }: ApplicationArgs,
    metadata: Metadata,
    within: Within,
): void {
    const selector = selectorLabels(application);
    new Service(
        name,
        {
            // The Deployment waits for ready pods already; the Service would wait for the same ones again.
            metadata: { ...metadata, annotations: { "pulumi.com/skipAwait": "true" } },
            spec: {
                type: "ClusterIP",
                selector,
                ports: [{ name: PORT_NAME, port: 80, targetPort: PORT_NAME, protocol: "TCP" }],
            },
        },
        within,
    );
    new HorizontalPodAutoscaler(
        name,
        { metadata, spec: autoscalerSpec(application, settings.replicas) },
        within,
    );
    new PodDisruptionBudget(name, { metadata, spec: disruptionSpec(selector) }, within);
}
