import type { CloudLimits, CloudName } from "../contracts/cloud.ts";
import type { NodePoolArgs } from "../contracts/cluster.ts";
import type { NetworkArgs } from "../contracts/network.ts";
import type { SecretStoreArgs } from "../contracts/secret-store.ts";
import type { Cidr } from "../lib/cidr.ts";
import type { Problem } from "../lib/problem.ts";
import type { Days } from "../lib/units.ts";
import type { Acknowledgement } from "./acknowledgements.ts";
import type { CloudFacts } from "./clouds.ts";
import type { GatewaySettings, MonitoringSettings } from "./service-types.ts";
import type { RawSite } from "./schema.ts";
import type {
    ApplicationSettings,
    DatabaseSettings,
    Environment,
    Origin,
    RegistrySettings,
    ServiceSettings,
} from "./types.ts";
import { show } from "./words.ts";
import { writtenAt } from "./written.ts";

/** The settings of one site with every layer put over the other, in the shape of the configuration. */
export interface Effective extends ServiceSettings {
    readonly network: NetworkArgs;
    readonly cluster: {
        readonly version: string;
        readonly nodePools: Readonly<Record<string, NodePoolArgs>>;
        readonly highAvailability: boolean;
        readonly deletionProtection: boolean;
        readonly logRetention: Days;
    };
    readonly apiAccess: {
        readonly cidrs: readonly Cidr[];
        readonly administrators: readonly string[];
    };
    readonly databases: Readonly<
        Record<string, Omit<DatabaseSettings, "version"> & { readonly version: string }>
    >;
    readonly registries: Readonly<Record<string, RegistrySettings>>;
    readonly secretStore: SecretStoreArgs;
    readonly gateway: GatewaySettings;
    readonly monitoring: MonitoringSettings;
    readonly applications: Readonly<Record<string, ApplicationSettings>>;
    readonly tags: Readonly<Record<string, string>>;
}

/** What a check may say about a place. */
export interface Finding {
    /** The path inside the site, as if everything had been written there. */
    readonly at: string;
    readonly message: string;
    readonly fix: string;
    /** The value to show; left out where there is none. */
    readonly value?: unknown;
    /** Other places the finding speaks about. It is dropped if one of them is already known to be wrong. */
    readonly involves?: readonly string[];
}

/** What is said about the whole stack while its sites are checked. */
export interface Stack {
    readonly environment: Environment;
    readonly project: string;
    readonly today: Date;
    readonly acknowledged: readonly Acknowledgement[];
    /** Acknowledgements that were needed. */
    readonly needed: Set<Acknowledgement>;
    readonly broken: Set<string>;
    readonly problems: Problem[];
    readonly warnings: Problem[];
}

/** One site while it is checked. */
export interface SiteContext {
    readonly stack: Stack;
    readonly key: string;
    /** `<project>-<environment>-<site>`. */
    readonly name: string;
    readonly raw: RawSite;
    /** Undefined if the settings do not say it, or say it wrongly. */
    readonly cloud: CloudName | undefined;
    readonly facts: CloudFacts | undefined;
    readonly limits: CloudLimits | undefined;
    readonly effective: Effective;
    /** Applications that run on other sites only. */
    readonly elsewhere: ReadonlySet<string>;
    readonly origins: ReadonlyMap<string, Origin>;
    readonly add: (finding: Finding) => void;
    readonly warn: (finding: Finding) => void;
}

/** True if the place, something around it or an item of it is known to be wrong. */
function isBroken(broken: ReadonlySet<string>, path: string): boolean {
    for (const bad of broken) {
        if (bad === path || path.startsWith(`${bad}.`) || path.startsWith(`${bad}[`)) return true;
    }
    return false;
}

/** What adds findings to a list: with the path that the user wrote, each only once, none about what is already wrong. */
export function reporter(
    stack: Stack,
    into: Problem[],
    site: string,
    origins: ReadonlyMap<string, Origin>,
): (finding: Finding) => void {
    return ({ at, message, fix, value, involves = [] }) => {
        const places = [at, ...involves].flatMap((place) => [place, `${site}.${place}`]);
        if (places.some((place) => isBroken(stack.broken, place))) return;
        const path = writtenAt(origins, site, at);
        const problem: Problem = {
            path,
            ...(value !== undefined && { value: show(value, path) }),
            message,
            fix,
        };
        const known = into.some(
            (other) => other.path === path && other.message === message && other.fix === fix,
        );
        if (!known) into.push(problem);
    };
}
