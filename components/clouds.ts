import type { ComponentResourceOptions } from "@pulumi/pulumi";
import type { Cloud, CloudName } from "./contracts/cloud.ts";
import type { Cluster } from "./contracts/cluster.ts";
import type { Foundation } from "./contracts/foundation.ts";
import type { Network } from "./contracts/network.ts";
import type { SecretStore } from "./contracts/secret-store.ts";
import type { SiteSettings } from "./settings/types.ts";
import { Site } from "./site.ts";

/** Makes the site that the settings describe. */
export type SiteBuilder = (settings: SiteSettings, opts?: ComponentResourceOptions) => Site;

/** Binds a cloud's classes while their own types are still known, so that nothing needs a cast. */
function builder<
    F extends Foundation,
    N extends Network,
    C extends Cluster,
    S extends SecretStore<C>,
>(cloud: Cloud<F, N, C, S>): SiteBuilder {
    return (settings, opts) => new Site(settings.name, cloud, settings, opts);
}

/**
 * Loads a cloud, and with it the SDK of that cloud only: an SDK takes up to 136 MB on disk, and a stack that uses one
 * cloud should not pay for three.
 */
export async function loadCloud(name: CloudName): Promise<SiteBuilder> {
    switch (name) {
        case "aws":
            return builder((await import("./aws/index.ts")).aws);
        case "azure":
            return builder((await import("./azure/index.ts")).azure);
        case "gcp":
            return builder((await import("./gcp/index.ts")).gcp);
    }
}
