import type * as pulumi from "@pulumi/pulumi";
import type { Cluster } from "../contracts/cluster.ts";
import type { Foundation } from "../contracts/foundation.ts";
import type { Network } from "../contracts/network.ts";
import type { SecretStore } from "../contracts/secret-store.ts";
import type { CloudServices } from "../contracts/services.ts";
import { Capabilities } from "../kubernetes/capabilities.ts";
import { needsOf } from "../kubernetes/capability-needs.ts";
import { OBSERVABILITY, PROMETHEUS } from "../kubernetes/operators/places.ts";
import type { SiteSettings } from "../settings/types.ts";
import { attach } from "./attach.ts";
import type { ServiceBase, SiteServices } from "./base.ts";
import { makeInCloud } from "./in-cloud.ts";
import { makeInCluster } from "./in-cluster.ts";
import { makeGateways, makeZone } from "./way-in.ts";

/** Everything that the applications of a site use besides its databases, and the way in. */
export function makeSiteServices<
    F extends Foundation,
    N extends Network,
    C extends Cluster,
    S extends SecretStore<C>,
>(
    cloud: CloudServices<F, N, C, S> | undefined,
    base: ServiceBase<F, N, C, S>,
    settings: SiteSettings,
    within: pulumi.ComponentResourceOptions,
): SiteServices<C> {
    const { name, tags, region } = settings;
    const { cluster, secretStore, secretsOperator } = base;
    const { highAvailability } = settings.cluster;
    const needs = needsOf(settings);
    const zone = makeZone({ cloud, base, settings, within });
    const capabilities = new Capabilities(
        name,
        {
            needs,
            cluster,
            cloud: settings.cloud,
            region,
            secretStore,
            secretsOperator,
            ...(zone && { zone }),
            monitoring: settings.monitoring,
            tags,
            highAvailability,
        },
        within,
    );
    const bought = cloud
        ? makeInCloud(cloud, base, settings, within)
        : { caches: {}, objectStores: {}, sharedFiles: {} };
    const { sharedFiles } = bought;
    const own = makeInCluster({ capabilities, base, settings, sharedFiles, within });
    const gateways = makeGateways({ cloud, base, settings, within, zone, capabilities, needs });
    const { monitoring, eventScaling } = capabilities;
    return {
        parts: {
            ...own,
            ...bought,
            caches: { ...own.caches, ...bought.caches },
            ...(monitoring && { metricsReader: PROMETHEUS_PODS }),
            ...(eventScaling && { eventScaling }),
        },
        outputs: {
            ...(zone && { nameServers: zone.nameServers }),
            ...(gateways && { gateways: gateways.addresses }),
            ...(monitoring && { grafana: monitoring.administrator }),
        },
        attach: (of, key, application, its) =>
            attach(of, { key, application, settings: its, cluster, gateways, monitoring, tags }),
    };
}

/** Prometheus, as network policies see it. */
const PROMETHEUS_PODS = { namespace: OBSERVABILITY.namespace, pods: PROMETHEUS.pods, ports: [] };
