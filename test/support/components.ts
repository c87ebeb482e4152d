import type { Cloud } from "../../components/contracts/cloud.ts";
import type { Cluster, ClusterArgs } from "../../components/contracts/cluster.ts";
import type { DatabaseArgs } from "../../components/contracts/database.ts";
import type { Foundation, FoundationArgs } from "../../components/contracts/foundation.ts";
import type { Network, NetworkArgs } from "../../components/contracts/network.ts";
import type { RegistryArgs } from "../../components/contracts/registry.ts";
import type { SecretStore, SecretStoreArgs } from "../../components/contracts/secret-store.ts";

/** The arguments of every contract, without what the components hand to each other. */
export interface ContractArgs {
    readonly foundation: FoundationArgs;
    readonly network: NetworkArgs;
    readonly cluster: ClusterArgs;
    readonly secretStore: SecretStoreArgs;
    readonly database: Omit<DatabaseArgs, "secretStore">;
    readonly registry: RegistryArgs;
}

/** Makes each of a cloud's components once, as a site does, and lets the cluster pull from the registry. */
export function makeComponents<
    F extends Foundation,
    N extends Network,
    C extends Cluster,
    S extends SecretStore<C>,
>(
    cloud: Cloud<F, N, C, S>,
    name: string,
    args: ContractArgs,
    keys: { readonly database: string; readonly registry: string },
) {
    const foundation = new cloud.Foundation(name, args.foundation);
    const opts = { providers: [...foundation.providers] };
    const network = new cloud.Network(name, { ...args.network, foundation }, opts);
    const shared = { foundation, network };
    const secretStore = new cloud.SecretStore(name, { ...args.secretStore, ...shared }, opts);
    const database = new cloud.Database(
        `${name}-${keys.database}`,
        { ...args.database, ...shared, secretStore },
        opts,
    );
    const cluster = new cloud.Cluster(name, { ...args.cluster, ...shared }, opts);
    const images = `${name}-${keys.registry}`;
    const registry = new cloud.Registry(images, { ...args.registry, ...shared }, opts);
    registry.grantPull(images, cluster);
    return { foundation, network, secretStore, database, cluster, registry };
}
