import type * as pulumi from "@pulumi/pulumi";
import { LimitRange } from "@pulumi/kubernetes/core/v1/limitRange.js";
import { Namespace } from "@pulumi/kubernetes/core/v1/namespace.js";
import { ResourceQuota } from "@pulumi/kubernetes/core/v1/resourceQuota.js";
import { RUNNING } from "../../contracts/application-kind.ts";
import type { KubernetesVersion } from "../../contracts/cluster.ts";
import type { Tags } from "../../lib/tags.ts";
import type { ApplicationSettings } from "../../settings/application-types.ts";
import { CONTAINER_DEFAULTS, podQuota } from "../bounds.ts";
import { exposedLabels } from "../gateway/places.ts";
import { namespaceLabels } from "../labels.ts";
import type { Labels } from "../labels.ts";
import type { Within } from "../platform-namespace.ts";

/** What an application's namespace depends on. */
interface NamespaceArgs {
    readonly application: string;
    readonly settings: ApplicationSettings;
    readonly tags: Tags;
    readonly labels: Labels;
    readonly version: KubernetesVersion;
}

/** How many runs of a schedule are expected at once. */
const RUNS = { forbid: 1, replace: 1, allow: 10 } as const;

/** The most pods that the application itself asks for at once. */
function mostPods({ kind, replicas, schedule, release }: ApplicationSettings): number {
    const running = RUNNING.includes(kind) ? replicas.max : 0;
    return running + (schedule ? RUNS[schedule.overlap] : 0) + (release ? 1 : 0);
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
    // An update that replaces all pods at once still has room.
    const spec = podQuota(2 * mostPods(settings));
    new ResourceQuota(`${name}-pods`, { metadata: of("pods"), spec }, within);
    new LimitRange(name, { metadata: of("defaults"), spec: CONTAINER_DEFAULTS }, within);
    return metadata.name;
}
