import type * as pulumi from "@pulumi/pulumi";
import type { Client } from "../contracts/client.ts";
import type { Cluster } from "../contracts/cluster.ts";
import type { Foundation } from "../contracts/foundation.ts";
import type { Network } from "../contracts/network.ts";
import type { SearchBackup } from "../contracts/search.ts";
import type { SecretStore } from "../contracts/secret-store.ts";
import type { SharedFiles } from "../contracts/shared-files.ts";
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

/** Data services that run in the cluster. */
export function makeInCluster<C extends Cluster>(
    capabilities: Capabilities<C>,
    base: ServiceBase<Foundation, Network, C, SecretStore<C>>,
    settings: SiteSettings,
    sharedFiles: ServiceParts<C>["sharedFiles"],
    within: pulumi.ComponentResourceOptions,
): Pick<ServiceParts<C>, "caches" | "queues" | "streams" | "searches"> {
    const { name, tags } = settings;
    const { authority, operators, storage, monitoring, snapshots } = capabilities;
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
        return [
            {
                ...shared,
                ...(monitoring && { monitoring: monitoring.release }),
                ...(snapshots && { snapshots }),
            },
        ];
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
            ? each("search", settings.searches, (of, { backup: said, ...args }, key) => {
                  const clients = clientsOf(settings, ({ search }) => search === key);
                  const backup = said && backupInto(of, key, said, sharedFiles);
                  const own = { ...args, clients, operator: searches, ...(backup && { backup }) };
                  return new ElasticSearch(of, own, within);
              })
            : {},
    };
}
