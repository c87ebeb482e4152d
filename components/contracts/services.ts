import type { Cache, CacheArgs } from "./cache.ts";
import type { Component } from "./cloud.ts";
import type { Cluster } from "./cluster.ts";
import type { DnsZone, DnsZoneArgs } from "./dns-zone.ts";
import type { Edge, EdgeArgs } from "./edge.ts";
import type { Foundation } from "./foundation.ts";
import type { Network } from "./network.ts";
import type { ObjectStore, ObjectStoreArgs } from "./object-store.ts";
import type { SecretStore } from "./secret-store.ts";
import type { SharedFiles, SharedFilesArgs } from "./shared-files.ts";

/**
 * A cloud's data services and its part of the way in: one class per contract.
 *
 * Apart from `Cloud`, and in a module of its own per cloud (`services.ts`), so that a site which uses none loads none.
 */
export interface CloudServices<
    F extends Foundation = Foundation,
    N extends Network = Network,
    C extends Cluster = Cluster,
    S extends SecretStore<C> = SecretStore<C>,
> {
    readonly ObjectStore: Component<
        ObjectStoreArgs & { foundation: F; network: N },
        ObjectStore<C>
    >;
    readonly Cache: Component<CacheArgs & { foundation: F; network: N; secretStore: S }, Cache>;
    readonly SharedFiles: Component<
        SharedFilesArgs & { foundation: F; network: N; cluster: C },
        SharedFiles
    >;
    readonly DnsZone: Component<DnsZoneArgs & { foundation: F }, DnsZone<C>>;
    readonly Edge: Component<
        EdgeArgs & { foundation: F; network: N; cluster: C; zone?: DnsZone<C> },
        Edge
    >;
}
