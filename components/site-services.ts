import type * as pulumi from "@pulumi/pulumi";
import type { Cluster } from "./contracts/cluster.ts";
import type { Client } from "./contracts/client.ts";
import type { DnsZone } from "./contracts/dns-zone.ts";
import type { Foundation } from "./contracts/foundation.ts";
import type { Network } from "./contracts/network.ts";
import type { SecretStore } from "./contracts/secret-store.ts";
import type { CloudServices } from "./contracts/services.ts";
import type { Application } from "./kubernetes/application/application.ts";
import type { SiteParts } from "./kubernetes/application/deploy.ts";
import { Capabilities } from "./kubernetes/capabilities.ts";
import { needsOf } from "./kubernetes/capability-needs.ts";
import type { Needs } from "./kubernetes/capability-needs.ts";
import { exposeApplication } from "./kubernetes/gateway/exposure.ts";
import { Gateways } from "./kubernetes/gateway/gateway.ts";
import { instanceLabels } from "./kubernetes/labels.ts";
import { observe } from "./kubernetes/observability/observe.ts";
import { OBSERVABILITY, PROMETHEUS } from "./kubernetes/operators/places.ts";
import { RabbitmqQueue } from "./kubernetes/services/queue.ts";
import { ElasticSearch } from "./kubernetes/services/search.ts";
import type { ServiceArgs } from "./kubernetes/services/service.ts";
import { KafkaStream } from "./kubernetes/services/stream.ts";
import { ValkeyCache } from "./kubernetes/services/valkey.ts";
import { blockClass } from "./kubernetes/storage-classes.ts";
import type { ApplicationSettings, SiteSettings } from "./settings/types.ts";

/** What stands before the services of a site are made. */
export interface ServiceBase<
    F extends Foundation,
    N extends Network,
    C extends Cluster,
    S extends SecretStore<C>,
> {
    readonly foundation: F;
    readonly network: N;
    readonly cluster: C;
    readonly secretStore: S;
    /** The operator that fetches secrets. */
    readonly secretsOperator: pulumi.Resource;
}

/** The parts of a site that applications use, as far as they are services. */
type ServiceParts<C extends Cluster> = Pick<
    SiteParts<C>,
    "caches" | "queues" | "streams" | "searches" | "objectStores" | "sharedFiles"
> &
    Partial<Pick<SiteParts<C>, "metricsReader" | "eventScaling">>;

/** What a site tells of its services. Holds no secret. */
export interface ServiceOutputs {
    /** What the parent domain's NS record has to name. */
    readonly nameServers?: pulumi.Output<readonly string[]>;
    /** The balancers' own names or numbers, by reach. */
    readonly gateways?: Readonly<Record<string, pulumi.Output<string>>>;
    /** The key of the secret with Grafana's administrator. */
    readonly grafana?: pulumi.Output<string>;
}

/** The services of a site, and what an application gets once it stands. */
export interface SiteServices<C extends Cluster> {
    readonly parts: ServiceParts<C>;
    readonly outputs: ServiceOutputs;
    /** Leads gateways to an application and watches it. Returns where it can be reached. */
    readonly attach: (
        name: string,
        key: string,
        application: Application,
        settings: ApplicationSettings,
    ) => pulumi.Output<readonly string[]> | undefined;
}

/** Applies a function to every value of a record and keeps the keys. */
function mapValues<A, B>(
    record: Readonly<Record<string, A>>,
    make: (value: A, key: string) => B,
): Record<string, B> {
    return Object.fromEntries(
        Object.entries(record).map(([key, value]) => [key, make(value, key)]),
    );
}

/** The entries of a record that hold. */
function only<A>(
    record: Readonly<Record<string, A>>,
    holds: (value: A) => boolean,
): Record<string, A> {
    return Object.fromEntries(Object.entries(record).filter(([, value]) => holds(value)));
}

/** The applications that use something, as it sees them. */
function clientsOf(
    { applications }: SiteSettings,
    uses: (application: ApplicationSettings) => boolean,
): readonly Client[] {
    return Object.keys(only(applications, uses)).map((application) => ({
        application,
        namespace: application,
        pods: instanceLabels(application),
    }));
}

/** Data services that run in the cluster. */
function makeInCluster<C extends Cluster>(
    capabilities: Capabilities<C>,
    base: ServiceBase<Foundation, Network, C, SecretStore<C>>,
    settings: SiteSettings,
    within: pulumi.ComponentResourceOptions,
): Pick<ServiceParts<C>, "caches" | "queues" | "streams" | "searches"> {
    const { name, tags } = settings;
    const { authority, operators, storage, monitoring } = capabilities;
    const { cluster, secretStore, secretsOperator } = base;
    const argsOf = (key: string, deletionProtection: boolean): ServiceArgs[] => {
        const volumes = blockClass(deletionProtection);
        const resource = storage[volumes];
        if (authority === undefined || resource === undefined) return [];
        const storageClass = { name: volumes, resource };
        const shared = {
            key,
            cluster,
            secretStore,
            secretsOperator,
            authority,
            storageClass,
            tags,
        };
        return [{ ...shared, ...(monitoring && { monitoring: monitoring.release }) }];
    };
    /** Makes each entry of a kind, once what it stands on is there. */
    const each = <A extends { readonly deletionProtection: boolean }, B>(
        kind: string,
        entries: Readonly<Record<string, A>>,
        make: (name: string, args: A & ServiceArgs, key: string) => B,
    ): Record<string, B> =>
        Object.fromEntries(
            Object.entries(entries).flatMap(([key, entry]) =>
                argsOf(key, entry.deletionProtection).map(
                    (args) =>
                        [key, make(`${name}-${kind}-${key}`, { ...entry, ...args }, key)] as const,
                ),
            ),
        );
    const { queues, streams, searches } = operators;
    const inCluster = only(settings.caches, ({ placement }) => placement === "cluster");
    return {
        caches: each("cache", inCluster, (of, args, key) => {
            const clients = clientsOf(settings, ({ cache }) => cache === key);
            const { storage: room = "10 GiB" } = args;
            return new ValkeyCache(of, { ...args, storage: room, clients }, within);
        }),
        queues: queues
            ? each("queue", settings.queues, (of, args, key) => {
                  const clients = clientsOf(settings, ({ queue }) => queue === key);
                  return new RabbitmqQueue(of, { ...args, clients, operator: queues }, within);
              })
            : {},
        streams: streams
            ? each("stream", settings.streams, (of, args, key) => {
                  const clients = clientsOf(settings, ({ stream }) => stream?.name === key).map(
                      (client) => ({
                          ...client,
                          produces:
                              settings.applications[client.application]?.stream?.produces ?? [],
                          consumes:
                              settings.applications[client.application]?.stream?.consumes ?? [],
                      }),
                  );
                  return new KafkaStream(of, { ...args, clients, operator: streams }, within);
              })
            : {},
        searches: searches
            ? each("search", settings.searches, (of, args, key) => {
                  const clients = clientsOf(settings, ({ search }) => search === key);
                  return new ElasticSearch(of, { ...args, clients, operator: searches }, within);
              })
            : {},
    };
}

/** Data services of the cloud. */
function makeInCloud<
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

/** The zone of the site's domain, if the site keeps one. */
function makeZone<
    F extends Foundation,
    N extends Network,
    C extends Cluster,
    S extends SecretStore<C>,
>(
    cloud: CloudServices<F, N, C, S> | undefined,
    { foundation }: ServiceBase<F, N, C, S>,
    { name, gateway, cluster }: SiteSettings,
    within: pulumi.ComponentResourceOptions,
): DnsZone<C> | undefined {
    const { domain, zone } = gateway;
    if (cloud === undefined || domain === undefined || !zone) return undefined;
    const { deletionProtection } = cluster;
    return new cloud.DnsZone(name, { domain, deletionProtection, foundation }, within);
}

/** The gateways that applications are behind. */
function makeGateways<
    F extends Foundation,
    N extends Network,
    C extends Cluster,
    S extends SecretStore<C>,
>(
    cloud: CloudServices<F, N, C, S> | undefined,
    base: ServiceBase<F, N, C, S>,
    { certManager }: Capabilities<C>,
    { reaches }: Needs,
    zone: DnsZone<C> | undefined,
    settings: SiteSettings,
    within: pulumi.ComponentResourceOptions,
): Gateways<C> | undefined {
    if (cloud === undefined || certManager === undefined || reaches.length === 0) return undefined;
    const { foundation, network, cluster } = base;
    const { name, tags, gateway } = settings;
    const { highAvailability, logRetention } = settings.cluster;
    const { kind, firewall, domain } = gateway;
    const edge = new cloud.Edge(
        name,
        {
            gateway: kind,
            reaches,
            firewall,
            logRetention,
            ...(domain !== undefined && { domain }),
            foundation,
            network,
            cluster,
            ...(zone && { zone }),
        },
        within,
    );
    const shared = { cluster, edge, certManager, reaches, tags, highAvailability };
    const { environment } = tags;
    return new Gateways(
        name,
        { ...shared, settings: gateway, environment, ...(zone && { zone }) },
        within,
    );
}

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
    const zone = makeZone(cloud, base, settings, within);
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
    const own = makeInCluster(capabilities, base, settings, within);
    const bought = cloud
        ? makeInCloud(cloud, base, settings, within)
        : { caches: {}, objectStores: {}, sharedFiles: {} };
    const gateways = makeGateways(cloud, base, capabilities, needs, zone, settings, within);
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

function attach<C extends Cluster>(
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
