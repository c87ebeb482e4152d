import type { ComponentResourceOptions } from "@pulumi/pulumi";
import type { Cloud } from "./contracts/cloud.ts";
import type { Cluster } from "./contracts/cluster.ts";
import type { Foundation } from "./contracts/foundation.ts";
import type { Network } from "./contracts/network.ts";
import type { SecretStore } from "./contracts/secret-store.ts";
import type { CloudServices } from "./contracts/services.ts";
import { needsOf } from "./kubernetes/capability-needs.ts";
import type { SiteSettings } from "./settings/types.ts";
import { Site } from "./site.ts";
import type { MakeServices } from "./site.ts";

/** Makes the site that the settings describe. */
export type SiteBuilder = (settings: SiteSettings, opts?: ComponentResourceOptions) => Site;

/** Binds a cloud's classes while their own types are still known, so that nothing needs a cast. */
function builder<
    F extends Foundation,
    N extends Network,
    C extends Cluster,
    S extends SecretStore<C>,
>(cloud: Cloud<F, N, C, S>, services?: MakeServices<F, N, C, S>): SiteBuilder {
    return (settings, opts) =>
        new Site(settings.name, { ...cloud, ...(services && { services }) }, settings, opts);
}

/** What makes a site's services, with the cloud's own classes where they are needed. */
async function loadServices<
    F extends Foundation,
    N extends Network,
    C extends Cluster,
    S extends SecretStore<C>,
>(
    settings: SiteSettings,
    load: () => Promise<{ readonly services: CloudServices<F, N, C, S> }>,
): Promise<MakeServices<F, N, C, S> | undefined> {
    const needs = needsOf(settings);
    const { cloudServices } = needs;
    if (!cloudServices && !needs.volumes && !needs.certificates && !needs.eventScaling) {
        return undefined;
    }
    const [{ makeSiteServices }, own] = await Promise.all([
        import("./services/make-services.ts"),
        cloudServices ? load() : undefined,
    ]);
    return (...args) => makeSiteServices(own?.services, ...args);
}

/**
 * Loads a site's cloud, and with it the SDK of that cloud only: an SDK takes up to 136 MB on disk, and a stack that uses
 * one cloud should not pay for three. What makes services is loaded only if the site has some.
 */
export async function loadCloud(settings: SiteSettings): Promise<SiteBuilder> {
    switch (settings.cloud) {
        case "aws": {
            const [{ aws }, services] = await Promise.all([
                import("./aws/index.ts"),
                loadServices(settings, () => import("./aws/services.ts")),
            ]);
            return builder(aws, services);
        }
        case "azure": {
            const [{ azure }, services] = await Promise.all([
                import("./azure/index.ts"),
                loadServices(settings, () => import("./azure/services.ts")),
            ]);
            return builder(azure, services);
        }
        case "gcp": {
            const [{ gcp }, services] = await Promise.all([
                import("./gcp/index.ts"),
                loadServices(settings, () => import("./gcp/services.ts")),
            ]);
            return builder(gcp, services);
        }
    }
}
