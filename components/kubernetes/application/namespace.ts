import type * as pulumi from "@pulumi/pulumi";
import { LimitRange } from "@pulumi/kubernetes/core/v1/limitRange.js";
import { Namespace } from "@pulumi/kubernetes/core/v1/namespace.js";
import { ResourceQuota } from "@pulumi/kubernetes/core/v1/resourceQuota.js";
import type { KubernetesVersion } from "../../contracts/cluster.ts";
import type { Tags } from "../../lib/tags.ts";
import type { ApplicationSettings } from "../../settings/application-types.ts";
import { CONTAINER_DEFAULTS } from "../bounds.ts";
import { exposedLabels } from "../gateway/places.ts";
import { namespaceLabels } from "../labels.ts";
import type { Labels } from "../labels.ts";
import type { Within } from "../platform-namespace.ts";
import { blockClass } from "../storage-classes.ts";
import { quotaSpec } from "./quota.ts";

/** What an application's namespace depends on. */
interface NamespaceArgs {
    readonly application: string;
    readonly settings: ApplicationSettings;
    readonly tags: Tags;
    readonly labels: Labels;
    readonly version: KubernetesVersion;
}

/** A namespace in which nothing can be opened to the outside, and what it may come to. Returns its name. */
export function makeNamespace(
    name: string,
    { application, settings, tags, labels, version }: NamespaceArgs,
    within: Within,
): pulumi.Output<string> {
    const { reach } = settings.expose;
    const exposed = reach === "none" || reach === "cluster" ? {} : exposedLabels(reach);
    const { metadata } = new Namespace(
        name,
        {
            metadata: {
                name: application,
                labels: { ...namespaceLabels(application, tags, version), ...exposed },
            },
        },
        within,
    );
    const of = (object: string) => ({ name: object, namespace: metadata.name, labels });
    new ResourceQuota(
        name,
        {
            metadata: of("no-public-services"),
            // A load balancer made by hand would outlive the cluster and keep its network from being deleted.
            spec: { hard: { "services.loadbalancers": "0", "services.nodeports": "0" } },
        },
        within,
    );
    const spec = quotaSpec(settings, blockClass(tags.environment === "prod"));
    new ResourceQuota(`${name}-pods`, { metadata: of("pods"), spec }, within);
    new LimitRange(name, { metadata: of("defaults"), spec: CONTAINER_DEFAULTS }, within);
    return metadata.name;
}
