import type { ComponentResourceOptions } from "@pulumi/pulumi";
import type { NameRule } from "../lib/names.ts";
import type { Cluster, ClusterArgs } from "./cluster.ts";
import type { Database, DatabaseArgs, DatabaseSize } from "./database.ts";
import type { Foundation, FoundationArgs } from "./foundation.ts";
import type { Network, NetworkArgs } from "./network.ts";
import type { Registry, RegistryArgs } from "./registry.ts";
import type { SecretStore, SecretStoreArgs } from "./secret-store.ts";

/** The clouds there are. */
export const CLOUDS = ["aws", "azure", "gcp"] as const;

/** One of the clouds. */
export type CloudName = (typeof CLOUDS)[number];

/** A component's class: what `new` takes and gives. */
export type Component<Args, Result> = new (
    name: string,
    args: Args,
    opts?: ComponentResourceOptions,
) => Result;

/**
 * A cloud: one class per contract.
 *
 * Each cloud's `index.ts` ends in `satisfies Cloud<…>`, so a cloud that lacks a class, an argument or an output does
 * not compile. The type parameters let a cloud's classes take each other's own types without a cast.
 */
export interface Cloud<
    F extends Foundation = Foundation,
    N extends Network = Network,
    C extends Cluster = Cluster,
    S extends SecretStore<C> = SecretStore<C>,
> {
    readonly name: CloudName;
    readonly Foundation: Component<FoundationArgs, F>;
    readonly Network: Component<NetworkArgs & { foundation: F }, N>;
    readonly Cluster: Component<ClusterArgs & { foundation: F; network: N }, C>;
    readonly SecretStore: Component<SecretStoreArgs & { foundation: F; network: N }, S>;
    readonly Database: Component<
        DatabaseArgs & { foundation: F; network: N; secretStore: S },
        Database
    >;
    readonly Registry: Component<RegistryArgs & { foundation: F; network: N }, Registry<C>>;
}

/** A form that a value must have, with the words and the example for the message. */
export interface Form {
    readonly what: string;
    readonly pattern: RegExp;
    readonly example: string;
}

/** A range of whole numbers, both ends allowed. */
export interface Range {
    readonly min: number;
    readonly max: number;
}

/**
 * What a cloud refuses, as data that needs no SDK (`limits.ts` in each cloud's folder).
 *
 * The settings check against it before anything is created; the components and the simulated cloud keep to it.
 */
export interface CloudLimits {
    readonly account: Form;
    /** The regions with at least three zones. */
    readonly regions: readonly string[];
    /** The prefix lengths a network's block may have, where the cloud is stricter than the contract's 12 to 20. */
    readonly network?: Range;
    /** The names that the platform composes, by kind. */
    readonly names: Readonly<Record<"cluster" | "database" | "registry" | "secretStore", NameRule>>;
    readonly administrator: Form;
    /** Who can be let in to look at an application, and no more. */
    readonly viewer: Form;
    /** A node's boot disk, in GiB. */
    readonly nodeDisk: Range;
    readonly database: {
        /** In GiB; `steps` where only certain sizes exist. */
        readonly storage: Range & { readonly steps?: readonly number[] };
        /** In days. */
        readonly backupRetention: Range;
        /** Sizes for which it is narrower, in days. */
        readonly backupRetentionBySize?: Readonly<Partial<Record<DatabaseSize, Range>>>;
        /** Sizes that can have a standby in another zone. */
        readonly highAvailabilitySizes: readonly DatabaseSize[];
        readonly reservedUsernames: readonly string[];
        /** True if growth can be capped (`maxStorage`). */
        readonly cappedGrowth: boolean;
    };
    readonly registry: {
        /** True if pushed images can be copied to other regions (`replicateTo`). */
        readonly copies: boolean;
    };
}
