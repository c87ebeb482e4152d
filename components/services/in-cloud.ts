import type * as pulumi from "@pulumi/pulumi";
import type { Cluster } from "../contracts/cluster.ts";
import type { Foundation } from "../contracts/foundation.ts";
import type { Network } from "../contracts/network.ts";
import type { SecretStore } from "../contracts/secret-store.ts";
import type { CloudServices } from "../contracts/services.ts";
import { mapValues, only } from "../lib/records.ts";
import type { SiteSettings } from "../settings/types.ts";
import type { ServiceBase, ServiceParts } from "./base.ts";

/** Data services of the cloud. */
export function makeInCloud<
    F extends Foundation,
    N extends Network,
    C extends Cluster,
    S extends SecretStore<C>,
>(
    cloud: CloudServices<F, N, C, S>,
    base: ServiceBase<F, N, C, S>,
    settings: SiteSettings,
    within: pulumi.ComponentResourceOptions,
): Pick<ServiceParts<C>, "caches" | "objectStores" | "sharedFiles"> {
    const { foundation, network, cluster, secretStore } = base;
    const { name } = settings;
    const shared = { foundation, network };
    const bought = only(settings.caches, ({ placement }) => placement === "cloud");
    return {
        objectStores: mapValues(
            settings.objectStores,
            (args, key) => new cloud.ObjectStore(`${name}-${key}`, { ...args, ...shared }, within),
        ),
        caches: mapValues(bought, ({ placement: _, storage: __, ...args }, key) => {
            const cache = { ...args, ...shared, secretStore };
            return new cloud.Cache(`${name}-cache-${key}`, cache, within);
        }),
        sharedFiles: mapValues(settings.sharedFiles, (args, key) => {
            const files = { ...args, ...shared, cluster };
            return new cloud.SharedFiles(`${name}-${key}`, files, within);
        }),
    };
}
