import type { NameRule } from "../lib/names.ts";
import type { SoldSizes } from "../lib/sold-sizes.ts";
import type { Cache, CacheArgs } from "./cache.ts";
import type { Component, Range } from "./cloud.ts";
import type { Cluster } from "./cluster.ts";
import type { AdvancedDdos } from "./ddos.ts";
import type { DnsZone, DnsZoneArgs } from "./dns-zone.ts";
import type { Edge, EdgeArgs, Reach } from "./edge.ts";
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

/**
 * What a cloud refuses of its services, as data that needs no SDK (in each cloud's `limits.ts`): the settings check
 * against it before anything is created, the components keep to it. Ranges are in days.
 */
export interface ServiceLimits {
    /** The names that the platform composes, by kind: the longest that everything made after it still fits. */
    readonly names: Readonly<Record<"objectStore" | "cache" | "sharedFiles", NameRule>>;
    readonly objectStore: {
        readonly versionRetention: Range;
        readonly coolAfter: Range;
        readonly expireAfter: Range;
        /** The most origins that a store takes. */
        readonly corsOrigins: number;
        /** From where pages reach a store with signed addresses: the internet, or only the site's network and what is connected to it. */
        readonly signedAddresses: "internet" | "network";
    };
    readonly sharedFiles: {
        readonly backupRetention: Range;
        /** True if each namespace that mounts them has a part of its own, and sees no other. */
        readonly apart: boolean;
        /** Where room is bought in advance; undefined where files grow by themselves. */
        readonly size?: SoldSizes;
    };
    readonly edge: {
        /** True if `gateway: cloud` needs the site's own DNS zone, because the cloud proves its certificate there. */
        readonly cloudGatewayNeedsZone: boolean;
        /** From where the cloud's own gateway can be reached. */
        readonly cloudReaches: readonly Reach[];
        readonly logRetention: Range;
        /** Before which gateways the cloud's paid protection from floods can stand. */
        readonly advancedDdos: AdvancedDdos;
    };
}
