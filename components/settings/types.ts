import type { ClusterArgs } from "../contracts/cluster.ts";
import type { CloudName } from "../contracts/cloud.ts";
import type { DatabaseArgs } from "../contracts/database.ts";
import type { NetworkArgs } from "../contracts/network.ts";
import type { RegistryArgs } from "../contracts/registry.ts";
import type { SecretStoreArgs } from "../contracts/secret-store.ts";
import type { ApplicationSettings } from "./application-types.ts";
import type {
    CacheSettings,
    GatewaySettings,
    MonitoringSettings,
    ObjectStoreSettings,
    QueueSettings,
    SearchSettings,
    SharedFilesSettings,
    StreamSettings,
} from "./service-types.ts";
import type { Problem } from "../lib/problem.ts";
import type { Environment, Tags } from "../lib/tags.ts";
import type { Gibibytes } from "../lib/units.ts";

export type { ApplicationSettings } from "./application-types.ts";
export type { Environment } from "../lib/tags.ts";

/** A database as settings describe it: the contract's arguments, and the ceiling that only some clouds have. */
export interface DatabaseSettings extends Omit<DatabaseArgs, "secretStore"> {
    /** Where automatic growth ends. Only on clouds that have a ceiling (AWS, Google Cloud). */
    readonly maxStorage?: Gibibytes;
}

/** A registry as settings describe it: the contract's arguments, and the copies that only AWS makes. */
export interface RegistrySettings extends RegistryArgs {
    /** Further regions that pushed images are copied to. Only on AWS (D31). */
    readonly replicateTo?: readonly string[];
}

/** The data services of a site, by kind and by the user's keys. */
export interface ServiceSettings {
    readonly objectStores: Readonly<Record<string, ObjectStoreSettings>>;
    readonly caches: Readonly<Record<string, CacheSettings>>;
    readonly queues: Readonly<Record<string, QueueSettings>>;
    readonly streams: Readonly<Record<string, StreamSettings>>;
    readonly searches: Readonly<Record<string, SearchSettings>>;
    readonly sharedFiles: Readonly<Record<string, SharedFilesSettings>>;
}

/** One cloud in one region, with every default resolved. */
export interface SiteSettings extends ServiceSettings {
    /** The user's key. */
    readonly site: string;
    /** `<project>-<environment>-<site>`: what all names in the site begin with. */
    readonly name: string;
    readonly cloud: CloudName;
    readonly region: string;
    readonly account: string;
    readonly tags: Tags;
    readonly network: NetworkArgs;
    readonly cluster: ClusterArgs;
    readonly secretStore: SecretStoreArgs;
    readonly databases: Readonly<Record<string, DatabaseSettings>>;
    readonly registries: Readonly<Record<string, RegistrySettings>>;
    readonly gateway: GatewaySettings;
    readonly monitoring: MonitoringSettings;
    readonly applications: Readonly<Record<string, ApplicationSettings>>;
}

/** Where an effective value comes from, weakest first. */
export type Origin = "default" | "profile" | "stack" | "site";

/** A stack's configuration, complete and valid. */
export interface Settings {
    readonly project: string;
    readonly environment: Environment;
    readonly owner: string;
    readonly costCentre: string;
    /** Which clouds' sites are deployed. */
    readonly target: CloudName | "all";
    /** What is accepted in prod, by name. */
    readonly acknowledge: readonly string[];
    /** In the order of the configuration. */
    readonly sites: readonly SiteSettings[];
    /** The origin of every leaf, by dotted path: `sites.aws.cluster.version` → `profile`. */
    readonly origins: Readonly<Record<string, Origin>>;
    /** What is allowed and may still hurt: a version whose support ends soon, a target that leaves out sites. */
    readonly warnings: readonly Problem[];
}
