import type { ComponentResourceOptions } from "@pulumi/pulumi";
import type { NameRule } from "../lib/names.ts";
import type { Cluster, ClusterArgs } from "./cluster.ts";
import type { Database, DatabaseArgs } from "./database.ts";
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

/** The names a cloud gives to what stands in it, checked by the settings before anything is created. */
export type CloudNames = Readonly<
    Record<"cluster" | "database" | "registry" | "secretStore" | "nodePool", NameRule>
>;
