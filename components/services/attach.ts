import type * as pulumi from "@pulumi/pulumi";
import type { Cluster } from "../contracts/cluster.ts";
import type { Application } from "../kubernetes/application/application.ts";
import type { Capabilities } from "../kubernetes/capabilities.ts";
import { exposeApplication } from "../kubernetes/gateway/exposure.ts";
import type { Gateways } from "../kubernetes/gateway/gateway.ts";
import { instanceLabels } from "../kubernetes/labels.ts";
import { observe } from "../kubernetes/observability/observe.ts";
import type { ApplicationSettings, SiteSettings } from "../settings/types.ts";

/** What an application gets once it stands. */
interface AttachArgs<C extends Cluster> {
    readonly key: string;
    readonly application: Application;
    readonly settings: ApplicationSettings;
    readonly cluster: C;
    readonly gateways: Gateways<C> | undefined;
    readonly monitoring: Capabilities<C>["monitoring"];
    readonly tags: SiteSettings["tags"];
}

/** Watches an application and leads gateways to it, where the site has them. Returns where it can be reached. */
export function attach<C extends Cluster>(
    name: string,
    { key, application, settings, cluster, gateways, monitoring, tags }: AttachArgs<C>,
): pulumi.Output<readonly string[]> | undefined {
    const { provider, resource } = cluster;
    const within = { parent: application, provider, deletedWith: resource };
    const { metadata } = application;
    if (monitoring) {
        const team = settings.owner ?? tags.owner;
        const watched = {
            application: key,
            settings,
            team,
            metadata,
            operator: monitoring.release,
        };
        observe(name, watched, within);
    }
    const { expose, port, health } = settings;
    const { reach } = expose;
    if (gateways === undefined || port === undefined) return undefined;
    if (reach === "none" || reach === "cluster") return undefined;
    return exposeApplication(
        name,
        {
            application: key,
            namespace: metadata.namespace,
            labels: metadata.labels,
            settings: expose,
            reach,
            service: { name: key, port: 80 },
            pods: { labels: instanceLabels(key), port },
            healthPath: health.ready,
            gateways,
        },
        within,
    ).urls;
}
