import * as pulumi from "@pulumi/pulumi";
import { ConfigMap } from "@pulumi/kubernetes/core/v1/configMap.js";
import { ServiceAccount } from "@pulumi/kubernetes/core/v1/serviceAccount.js";
import { PodDisruptionBudget } from "@pulumi/kubernetes/policy/v1/podDisruptionBudget.js";
import type { Cluster, NodePoolArgs, WorkloadIdentity } from "../../contracts/cluster.ts";
import type { SecretReader } from "../../contracts/secret-store.ts";
import type { Viewer } from "../../contracts/viewers.ts";
import { refuse } from "../../lib/errors.ts";
import type { Tags } from "../../lib/tags.ts";
import { RUNNING } from "../../contracts/application-kind.ts";
import type { ApplicationSettings } from "../../settings/application-types.ts";
import { applicationLabels, selectorLabels } from "../labels.ts";
import type { Within } from "../platform-namespace.ts";
import { disruptionSpec } from "../scaling.ts";
import { storedSecrets } from "../stored-secrets.ts";
import { makeAutoscaler } from "./autoscaler.ts";
import type { EventScaling } from "./events.ts";
import type { Binding } from "./binding.ts";
import { makeNetworkPolicies } from "./connections.ts";
import { makeNamespace } from "./namespace.ts";
import type { Peer } from "./network.ts";
import { applicationProblems } from "./problems.ts";
import { makeService } from "./service.ts";
import { makeShared } from "./shared.ts";
import type { SharedFolder } from "./shared.ts";
import { bindViewers } from "./viewers.ts";
import { FILES, fileData } from "./volumes.ts";
import { makeRelease, makeRunning, makeScheduled } from "./workload.ts";
import type { Metadata, WorkloadArgs } from "./workload.ts";

/** An application, and what it uses of its site. */
export interface ApplicationArgs {
    readonly cluster: Cluster;
    /** The cluster's node pools by name, for the placement. */
    readonly pools: Readonly<Record<string, Pick<NodePoolArgs, "taints" | "spot">>>;
    /**
     * The user's key: the name of the namespace and of the objects in it.
     *
     * Changing it replaces them all.
     */
    readonly application: string;
    readonly settings: ApplicationSettings;
    /** The image's whole address. @default - `settings.image` */
    readonly image?: pulumi.Input<string>;
    /** Become labels on every object. */
    readonly tags: Tags;
    /** What it uses: variables, credentials and the way there. */
    readonly bindings: readonly Binding[];
    /** Who may read the credentials, and the operator that fetches them. @default - it has none */
    readonly secrets?: { readonly reader: SecretReader; readonly operator: pulumi.Resource };
    /** The pods' own cloud identity. @default - none */
    readonly identity?: WorkloadIdentity;
    /** Shared files by the key of its volume. */
    readonly shared: Readonly<Record<string, SharedFolder>>;
    /** Applications that it calls, with the variable that holds the address. */
    readonly calls: Readonly<
        Record<string, Peer & { readonly variable: string; readonly address: string }>
    >;
    /** Applications that call it. */
    readonly callers: Readonly<Record<string, Peer>>;
    /** Prometheus, where it reads the application's metrics. @default - nobody reads them */
    readonly metricsReader?: Peer;
    /** Who may look into its namespace. @default - only those who may look everywhere */
    readonly viewers?: readonly Viewer[];
    /** What it scales by besides CPU and memory. @default - nothing */
    readonly events?: EventScaling;
    /** What has to stand first: grants, and services that it uses. */
    readonly needs: readonly pulumi.Resource[];
}

/**
 * An application in its own namespace: restricted pods that scale, survive a drain, and reach only what they need.
 *
 * What is made depends on its kind (`ApplicationSettings.kind`): web, service and worker run all the time, as a Deployment
 * or, where each pod has a volume of its own, a StatefulSet, with an autoscaler and a disruption budget; job and pipeline
 * run by a schedule. All get a Namespace with its bounds, a ServiceAccount and NetworkPolicies. They die with the cluster
 * and own nothing outside it, which the quota holds the namespace to.
 */
export class Application extends pulumi.ComponentResource {
    /** The namespace that everything is in. */
    readonly namespace: string;
    /** What says in which namespace its further objects are, and of whom. They come after the namespace. */
    readonly metadata: Metadata;
    /** Where other pods of the namespace and those that call it reach it: `http://web.web.svc.cluster.local`. Undefined if it answers nobody. */
    readonly address?: string;
    /** Everything that pods wait for. */
    readonly ready: readonly pulumi.Resource[];

    constructor(name: string, args: ApplicationArgs, opts?: pulumi.ComponentResourceOptions) {
        super("platform:kubernetes:Application", name, {}, opts);
        const { application, settings, cluster } = args;
        refuse(this, name, applicationProblems(args));
        const { provider, resource } = cluster;
        const within: Within = { parent: this, provider, deletedWith: resource };
        const tags =
            settings.owner === undefined ? args.tags : { ...args.tags, owner: settings.owner };
        const labels = applicationLabels(application, tags);

        const bounds = { application, settings, tags, labels, version: cluster.version };
        const namespace = makeNamespace(name, bounds, within);
        const metadata: Metadata = { name: application, namespace, labels };
        if (args.viewers) bindViewers(name, args.viewers, metadata, within);
        const parts = [
            makeAccount(name, args, metadata, within),
            ...makeFiles(name, settings, metadata, within),
            ...makeNetworkPolicies(name, args, metadata, within),
            ...makeShared(name, { ...metadata, folders: args.shared }, within),
            ...makeSecrets(name, args, metadata, within),
        ];
        this.ready = [...cluster.nodes, ...args.needs, ...parts];
        this.address = makeWorkload(name, args, metadata, within, this.ready);

        this.namespace = application;
        this.metadata = metadata;
        this.registerOutputs({ namespace: this.namespace, address: this.address });
    }
}

/** The account of its pods. It mounts no token, and says which cloud identity they take on, if any. */
function makeAccount(
    name: string,
    { identity }: ApplicationArgs,
    metadata: Metadata,
    within: Within,
): pulumi.Resource {
    const annotations = identity?.annotations;
    return new ServiceAccount(
        name,
        {
            metadata: { ...metadata, ...(annotations && { annotations: { ...annotations } }) },
            automountServiceAccountToken: false,
        },
        within,
    );
}

function makeFiles(
    name: string,
    { files }: ApplicationSettings,
    metadata: Metadata,
    within: Within,
): pulumi.Resource[] {
    if (Object.keys(files).length === 0) return [];
    const data = fileData(files);
    return [
        new ConfigMap(`${name}-files`, { metadata: { ...metadata, name: FILES }, data }, within),
    ];
}

/** The credentials of what it uses, brought into its namespace. */
function makeSecrets(
    name: string,
    { bindings, secrets }: ApplicationArgs,
    metadata: Metadata,
    within: Within,
): pulumi.Resource[] {
    const stored = Object.fromEntries(
        bindings.flatMap(({ name: secret, secret: binding }) =>
            binding ? [[secret, { reference: binding.reference }] as const] : [],
        ),
    );
    if (secrets === undefined || Object.keys(stored).length === 0) return [];
    const { namespace, labels } = metadata;
    return Object.values(
        storedSecrets(name, { namespace, labels, ...secrets, secrets: stored }, within),
    );
}

/** What makes the pods, finds them and scales them. Returns where they answer. */
function makeWorkload(
    name: string,
    args: ApplicationArgs,
    metadata: Metadata,
    within: Within,
    ready: readonly pulumi.Resource[],
): string | undefined {
    const { application, settings, bindings, identity, calls, pools, tags } = args;
    const pod = {
        application,
        settings,
        image: args.image ?? settings.image,
        labels: metadata.labels,
        bindings,
        addresses: Object.fromEntries(
            Object.values(calls).map(({ variable, address }) => [variable, address]),
        ),
        identityLabels: identity?.podLabels ?? {},
        pools,
    };
    const workload: WorkloadArgs = { pod, metadata, keepVolumes: tags.environment === "prod" };
    const release = makeRelease(name, workload, { ...within, dependsOn: [...ready] });
    const after = { ...within, dependsOn: [...ready, ...(release ? [release] : [])] };
    if (!RUNNING.includes(settings.kind)) {
        if (settings.schedule) makeScheduled(name, workload, settings.schedule, after);
        return undefined;
    }
    const scaled = makeRunning(name, workload, after);
    makeAutoscaler(
        name,
        { scaled, settings, metadata, ...(args.events && { events: args.events }) },
        within,
    );
    const spec = disruptionSpec(selectorLabels(application));
    new PodDisruptionBudget(name, { metadata, spec }, within);
    return makeService(name, args, metadata, within);
}
