import type * as pulumi from "@pulumi/pulumi";
import type { Client } from "../contracts/client.ts";
import type { Cluster } from "../contracts/cluster.ts";
import type { Foundation } from "../contracts/foundation.ts";
import type { Network } from "../contracts/network.ts";
import type { SearchBackup } from "../contracts/search.ts";
import type { SecretStore } from "../contracts/secret-store.ts";
import type { SharedFiles } from "../contracts/shared-files.ts";
import type { StreamClient } from "../contracts/stream.ts";
import type { Capabilities } from "../kubernetes/capabilities.ts";
import { instanceLabels } from "../kubernetes/labels.ts";
import { RabbitmqQueue } from "../kubernetes/services/queue.ts";
import { backupVolume } from "../kubernetes/services/search-backup.ts";
import { ElasticSearch } from "../kubernetes/services/search.ts";
import type { ElasticSearchArgs } from "../kubernetes/services/search.ts";
import { serviceNamespace } from "../kubernetes/services/service.ts";
import type { ServiceArgs } from "../kubernetes/services/service.ts";
import { KafkaStream } from "../kubernetes/services/stream.ts";
import { ValkeyCache } from "../kubernetes/services/valkey.ts";
import { blockClass } from "../kubernetes/storage-classes.ts";
import { only } from "../lib/records.ts";
import type { ApplicationSettings, SiteSettings } from "../settings/types.ts";
import type { ServiceBase, ServiceParts } from "./base.ts";

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

/** Where a search cluster's snapshots go: the settings let no files pass that are not there. */
function backupInto(
    name: string,
    key: string,
    said: SearchBackup,
    sharedFiles: Readonly<Record<string, SharedFiles>>,
): ElasticSearchArgs["backup"] {
    const files = sharedFiles[said.files];
    if (files === undefined) return undefined;
    const namespace = serviceNamespace("search", key);
    const volume = files.volume(`${name}-volume-${backupVolume(said)}`, namespace);
    return { ...said, folder: { volume, mountable: files.mountable } };
}

/** What every service in the cluster is made from. */
interface Surroundings<C extends Cluster> {
    readonly capabilities: Capabilities<C>;
    readonly base: ServiceBase<Foundation, Network, C, SecretStore<C>>;
    readonly settings: SiteSettings;
    readonly sharedFiles: ServiceParts<C>["sharedFiles"];
    readonly within: pulumi.ComponentResourceOptions;
}

/** What services of all kinds are made with; undefined if the cluster lacks what they stand on. */
function argsOf<C extends Cluster>(
    key: string,
    { deletionProtection }: { readonly deletionProtection: boolean },
    { capabilities, base, settings }: Surroundings<C>,
): ServiceArgs | undefined {
    const { authority, storage, monitoring, snapshots } = capabilities;
    const { cluster, secretStore, secretsOperator } = base;
    const name = blockClass(deletionProtection);
    const resource = storage[name];
    if (authority === undefined || resource === undefined) return undefined;
    return {
        key,
        cluster,
        secretStore,
        secretsOperator,
        authority,
        storageClass: { name, resource },
        tags: settings.tags,
        ...(monitoring && { monitoring: monitoring.release }),
        ...(snapshots && { snapshots }),
    };
}

/** Makes each entry of a kind, once what it stands on is there. */
function each<C extends Cluster, A extends { readonly deletionProtection: boolean }, B>(
    kind: string,
    entries: Readonly<Record<string, A>>,
    around: Surroundings<C>,
    make: (name: string, args: A & ServiceArgs) => B,
): Record<string, B> {
    const { name } = around.settings;
    const made = Object.entries(entries).flatMap(([key, entry]) => {
        const args = argsOf(key, entry, around);
        return args ? [[key, make(`${name}-${kind}-${key}`, { ...entry, ...args })] as const] : [];
    });
    return Object.fromEntries(made);
}

function makeCaches<C extends Cluster>(around: Surroundings<C>): ServiceParts<C>["caches"] {
    const { settings, within } = around;
    const inCluster = only(settings.caches, ({ placement }) => placement === "cluster");
    return each("cache", inCluster, around, (name, args) => {
        const clients = clientsOf(settings, ({ cache }) => cache === args.key);
        const { storage = "10 GiB" } = args;
        return new ValkeyCache(name, { ...args, storage, clients }, within);
    });
}

function makeQueues<C extends Cluster>(around: Surroundings<C>): ServiceParts<C>["queues"] {
    const { capabilities, settings, within } = around;
    const operator = capabilities.operators.queues;
    if (operator === undefined) return {};
    return each("queue", settings.queues, around, (name, args) => {
        const clients = clientsOf(settings, ({ queue }) => queue === args.key);
        return new RabbitmqQueue(name, { ...args, clients, operator }, within);
    });
}

/** The applications that use a stream, with the topics that each writes and reads. */
function streamClientsOf(settings: SiteSettings, key: string): readonly StreamClient[] {
    return clientsOf(settings, ({ stream }) => stream?.name === key).map((client) => {
        const { produces = [], consumes = [] } =
            settings.applications[client.application]?.stream ?? {};
        return { ...client, produces, consumes };
    });
}

function makeStreams<C extends Cluster>(around: Surroundings<C>): ServiceParts<C>["streams"] {
    const { capabilities, settings, within } = around;
    const operator = capabilities.operators.streams;
    if (operator === undefined) return {};
    return each("stream", settings.streams, around, (name, args) => {
        const clients = streamClientsOf(settings, args.key);
        return new KafkaStream(name, { ...args, clients, operator }, within);
    });
}

function makeSearches<C extends Cluster>(around: Surroundings<C>): ServiceParts<C>["searches"] {
    const { capabilities, settings, sharedFiles, within } = around;
    const operator = capabilities.operators.searches;
    if (operator === undefined) return {};
    return each("search", settings.searches, around, (name, { backup: said, ...args }) => {
        const clients = clientsOf(settings, ({ search }) => search === args.key);
        const backup = said && backupInto(name, args.key, said, sharedFiles);
        const own = { ...args, clients, operator, ...(backup && { backup }) };
        return new ElasticSearch(name, own, within);
    });
}

/** Data services that run in the cluster. */
export function makeInCluster<C extends Cluster>(
    around: Surroundings<C>,
): Pick<ServiceParts<C>, "caches" | "queues" | "streams" | "searches"> {
    return {
        caches: makeCaches(around),
        queues: makeQueues(around),
        streams: makeStreams(around),
        searches: makeSearches(around),
    };
}
