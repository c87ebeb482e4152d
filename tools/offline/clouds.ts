import { Cloud } from "../../simulator/cloud.ts";
import { loadProvider, packageOf } from "../../simulator/providers.ts";
import { RepeatableCloud, StatelessCloud } from "../../simulator/stateless.ts";
import { Store } from "../../simulator/store.ts";
import type { Properties, Provider } from "../../simulator/table.ts";
import { clusters } from "../../simulator/types/kubernetes/clusters.ts";

/** Those of a run's options that say which tables answer, and how. */
export interface CloudOptions {
    readonly repeatable?: boolean;
    readonly tables?: readonly Provider[];
    readonly defaultProviders?: boolean;
}

/** The clouds of one run: one for each provider that the program configures, all in one world that ends with the run. */
export class Clouds {
    readonly #options: CloudOptions;
    readonly #store = Store.open(":memory:", "mocks");
    readonly #configured = new Map<string, Cloud>();

    constructor(options: CloudOptions) {
        this.#options = options;
    }

    close(): void {
        this.#store.close();
    }

    /** The table of the provider with this name. */
    async table(name: string): Promise<Provider> {
        const own = this.#options.tables?.find((table) => table.name === name);
        const table = own ?? (await loadProvider(name));
        if (table.name !== "kubernetes") return table;
        // A component under test may be given a cluster that stands nowhere.
        return {
            ...table,
            unreachable: (scope, world) =>
                clusters(world).length > 0 ? table.unreachable?.(scope, world) : undefined,
        };
    }

    /** Opens the cloud of the provider with this URN. */
    configure(urn: string, table: Provider, configuration: Properties): void {
        this.#configured.set(urn, this.#open(table, configuration));
    }

    /** The cloud that answers for a type or a function, by the reference to a provider that came with the request. */
    async of(token: string, urn: string, reference: string): Promise<Cloud> {
        const provider = reference.split("::").slice(0, -1).join("::");
        const cloud = this.#configured.get(provider);
        const name = packageOf(token);
        if (cloud?.provider.name === name) return cloud;
        if (!this.#options.defaultProviders) {
            throw new Error(
                `Default provider for '${name}' disabled. '${urn}' must use an explicit provider.`,
            );
        }
        const table = await this.table(name);
        return this.#open(table, {});
    }

    #open(table: Provider, configuration: Properties): Cloud {
        const stateless = this.#options.repeatable ? RepeatableCloud : StatelessCloud;
        const kind = table.stateless ? stateless : Cloud;
        return new kind(table, this.#store, table.scope(configuration));
    }
}
