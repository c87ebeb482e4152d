import type { CacheArgs } from "../contracts/cache.ts";
import type { DdosProtection } from "../contracts/ddos.ts";
import type { GatewayKind } from "../contracts/edge.ts";
import type { ObjectStoreArgs } from "../contracts/object-store.ts";
import type { QueueArgs } from "../contracts/queue.ts";
import type { SearchArgs } from "../contracts/search.ts";
import type { SharedFilesArgs } from "../contracts/shared-files.ts";
import type { StreamArgs } from "../contracts/stream.ts";
import type { Days, Gibibytes } from "../lib/units.ts";

/** An object store as settings describe it. */
export type ObjectStoreSettings = ObjectStoreArgs;

/** A cache as settings describe it: a service of the cloud, or Valkey in the cluster. */
export interface CacheSettings extends CacheArgs {
    readonly placement: "cloud" | "cluster";
    /** Each pod's volume, in the cluster only: the cloud's caches hold what they hold in memory (P24). */
    readonly storage?: Gibibytes;
}

export type QueueSettings = Omit<QueueArgs, "clients">;
export type StreamSettings = Omit<StreamArgs, "clients">;
export type SearchSettings = Omit<SearchArgs, "clients">;

/** Shared files as settings describe them. */
export interface SharedFilesSettings extends SharedFilesArgs {
    /** Where the cloud sells room in advance (Azure, for each application; Google Cloud, for all of them). */
    readonly size?: Gibibytes;
}

/** Who signs the certificates of the gateways. */
export type CertificateIssuer = "letsencrypt" | "letsencrypt-staging" | "private";

/** The way in of a site. It is made if an application is exposed beyond the cluster. */
export interface GatewaySettings {
    readonly kind: GatewayKind;
    /** The domain below which applications get their names, like `aws.example.com`. @default - none: the balancer's own name */
    readonly domain?: string;
    /** True if the site makes the domain's DNS zone; false if somebody else keeps its records. */
    readonly zone: boolean;
    readonly certificates: CertificateIssuer;
    /** Whom Let's Encrypt writes to. */
    readonly email?: string;
    /** True if a web application firewall stands before the public gateway; only with `kind: cloud`. */
    readonly firewall: boolean;
    /**
     * How far public gateways are protected from floods: as the cloud protects everybody, or by its paid form.
     *
     * @default standard
     */
    readonly ddosProtection: DdosProtection;
}

/** Prometheus and its friends in the cluster. They are installed if an application has metrics, an objective or scales by requests. */
export interface MonitoringSettings {
    readonly retention: Days;
    readonly storage: Gibibytes;
}
