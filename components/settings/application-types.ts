import type { ApplicationKind } from "../contracts/application-kind.ts";
import type { ObjectAccess } from "../contracts/object-store.ts";
import type { PodSize } from "../contracts/queue.ts";
import type { Cidr } from "../lib/cidr.ts";
import type { ExposeSettings } from "./expose-types.ts";
import type { HealthSettings } from "./health-types.ts";
import type { ScalingSettings } from "./scaling-types.ts";

/** CPU and memory that a pod asks for, by a word (G3.7). */
export const APPLICATION_SIZES = {
    small: { cpu: "100m", memory: "128Mi" },
    medium: { cpu: "250m", memory: "256Mi" },
    large: { cpu: "500m", memory: "1Gi" },
    xlarge: { cpu: "1", memory: "2Gi" },
    "2xlarge": { cpu: "2", memory: "4Gi" },
} as const satisfies Record<string, PodSize>;

/** The size of an application's pods. */
export type ApplicationSize = keyof typeof APPLICATION_SIZES;

/** What a container requests, and what it may use. */
export interface ContainerSize extends PodSize {
    /** @default - the memory requested, and twice the CPU */
    readonly limits?: Partial<PodSize>;
}

/** A container beside the application's own. It starts first and stops last. */
export interface SidecarSettings {
    readonly image: string;
    readonly command: readonly string[];
    readonly args: readonly string[];
    readonly env: Readonly<Record<string, string>>;
    readonly resources: ContainerSize;
    /** The port it listens on, if any. */
    readonly port?: number;
}

/** What runs once per release, before the first new pod: database migrations. */
export interface ReleaseSettings {
    readonly command: readonly string[];
    readonly args: readonly string[];
    /** Seconds it may take. */
    readonly deadline: number;
}

/** A folder that outlives a container. */
export interface VolumeSettings {
    readonly path: string;
    /** `temporary` dies with the pod, `block` belongs to one pod, `shared` is a key of `sharedFiles`. */
    readonly kind: "temporary" | "block" | "shared";
    /** In Kubernetes units; for `temporary` and `block`. */
    readonly size?: string;
    /** The key of `sharedFiles`. */
    readonly files?: string;
}

/** Where pods run. */
export interface PlacementSettings {
    /** A node pool of the site; its taints are tolerated. @default - any pool without taints */
    readonly pool?: string;
    /** True if pods may run on nodes that the cloud can take back. */
    readonly spot: boolean;
    /** The processors that the image is built for. @default - any the pools have */
    readonly architecture?: "amd64" | "arm64";
    /** Whether pods must be spread over the zones, or should be. */
    readonly zones: "prefer" | "require";
}

/** Its own logical database and role on a server of the site. */
export interface DatabaseUse {
    readonly server: string;
    /** The database's name. @default - the application's key, with `_` for `-` */
    readonly name: string;
    /** What happens to it when the application no longer asks for it. */
    readonly onRemoval: "keep" | "drop";
}

/** Topics of a stream. */
export interface StreamUse {
    readonly name: string;
    readonly produces: readonly string[];
    readonly consumes: readonly string[];
}

/** A secret of the site's store, as a variable. */
export interface SecretUse {
    /** Characters to generate, 16 to 128, where the value means nothing to anybody else. */
    readonly generate?: number;
    /** The key of a document that somebody put into the store. */
    readonly from?: string;
    /** The document's field. */
    readonly field: string;
}

/** Where Prometheus reads the application's metrics. */
export interface MetricsSettings {
    readonly path: string;
    /** @default - the application's port */
    readonly port?: number;
    /** The counter of requests, and its label with the status code. */
    readonly requests: string;
    readonly status: string;
    /** The histogram of durations in seconds. */
    readonly duration: string;
}

/** What the application promises; alerts follow from it (G8.3). */
export interface SloSettings {
    /** Per cent of requests without a server error, over 30 days: 90 to 99.999. */
    readonly availability: number;
    /** Milliseconds within which `latencyShare` of the requests are answered. */
    readonly latency?: number;
    /** Per cent of requests. */
    readonly latencyShare: number;
    /** What to do when it is broken: an address that every alert carries (P94). */
    readonly runbook?: string;
}

/** When a job runs. */
export interface ScheduleSettings {
    /** Cron's five fields. */
    readonly cron: string;
    /** The name of a time zone. */
    readonly timeZone: string;
    /** Seconds a run may take. */
    readonly deadline: number;
    /** How often a failed run is tried again. */
    readonly retries: number;
    /** What happens when a run is due and the last one still runs. */
    readonly overlap: "forbid" | "replace" | "allow";
}

/** One step of a pipeline. Steps run one after the other and share `/work`. */
export interface StepSettings {
    /** The step before it. Pulumi hands over configuration without its order, so it has to be said. @default - it is the first */
    readonly after?: string;
    /** @default - the application's image */
    readonly image?: string;
    readonly command: readonly string[];
    readonly args: readonly string[];
    readonly env: Readonly<Record<string, string>>;
    readonly resources: ContainerSize;
}

/** A number of pods, or a share of them, such as `25%`. */
export type PodShare = number | `${number}%`;

/** How an update replaces pods (G3.5, G12.4). */
export interface UpdateSettings {
    /** The most pods beyond `replicas`, of a share the next whole number. @default - 1 */
    readonly surge: PodShare;
    /** The most pods that may be missing, of a share the whole number below. @default - 0 */
    readonly unavailable: PodShare;
}

/** The most that an application's pods may ask for together; their namespace is held to it (G9.8, G9.9, G9.11). */
export interface QuotaSettings {
    /** CPU requested. @default - 2 in dev, 4 in staging, 8 in prod */
    readonly cpu: string;
    /** Memory requested. @default - 4Gi in dev, 8Gi in staging, 16Gi in prod */
    readonly memory: string;
    /** Block volumes. @default - 100Gi (G9.17) */
    readonly storage: string;
}

/** An application, complete: every default of its kind and environment is filled in. */
export interface ApplicationSettings {
    readonly kind: ApplicationKind;
    /** With a tag other than `latest`, or a digest; below the registry's address if `registry` is set. */
    readonly image: string;
    /** The key of a registry of the site. @default - the image's name says where it is */
    readonly registry?: string;
    readonly command: readonly string[];
    readonly args: readonly string[];
    /** The port the container listens on, 1024 to 65535: it does not run as root. Only kinds that serve have one. */
    readonly port?: number;
    /** Further ports by name. */
    readonly ports: Readonly<Record<string, number>>;
    /** `min` may be 0 for workers that scale by messages or lag. */
    readonly replicas: { readonly min: number; readonly max: number };
    readonly scaling: ScalingSettings;
    /** What `resources` come to where they are not said: a word for CPU and memory. */
    readonly size: ApplicationSize;
    /** Requests in Kubernetes units, and limits where they are not the memory request and twice the CPU request. */
    readonly resources: ContainerSize;
    /** How an update replaces pods. Those with block volumes are replaced one by one. */
    readonly update: UpdateSettings;
    /** What it may come to at most. More than that is refused before anything is made. */
    readonly quota: QuotaSettings;
    readonly health: HealthSettings;
    /** Seconds between the signal to stop and the end, 5 to 3600. */
    readonly shutdown: number;
    /** Plain variables; never a credential. */
    readonly env: Readonly<Record<string, string>>;
    /** Files by path, read-only; never a credential. */
    readonly files: Readonly<Record<string, string>>;
    readonly secrets: Readonly<Record<string, SecretUse>>;
    readonly sidecars: Readonly<Record<string, SidecarSettings>>;
    readonly release?: ReleaseSettings;
    readonly volumes: Readonly<Record<string, VolumeSettings>>;
    readonly placement: PlacementSettings;
    readonly database?: DatabaseUse;
    /** The key of a cache of the site. */
    readonly cache?: string;
    /** The key of a queue of the site. */
    readonly queue?: string;
    readonly stream?: StreamUse;
    /** The key of a search cluster of the site. */
    readonly search?: string;
    /** Keys of object stores of the site. */
    readonly buckets: Readonly<Record<string, ObjectAccess>>;
    /** Applications of the same site that it calls, as `api` or `api:metrics`. */
    readonly calls: readonly string[];
    /** What else its pods are let out to. Private ranges within a larger block stay shut: `0.0.0.0/0` is the internet. */
    readonly egress: Readonly<
        Record<string, { readonly cidrs: readonly Cidr[]; readonly ports: readonly number[] }>
    >;
    readonly expose: ExposeSettings;
    /** Who may look into its namespace, as the site's cloud writes identities. Nobody changes it but the program. */
    readonly access: { readonly view: readonly string[] };
    readonly metrics?: MetricsSettings;
    readonly slo?: SloSettings;
    readonly schedule?: ScheduleSettings;
    readonly steps: Readonly<Record<string, StepSettings>>;
    /** The sites it runs on. @default - all */
    readonly sites?: readonly string[];
    /** The team that answers for it. @default - the stack's owner */
    readonly owner?: string;
}
