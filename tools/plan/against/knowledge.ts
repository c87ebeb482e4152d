import { loadProvider, packageOf } from "../../../simulator/providers.ts";
import type { Properties, Provider, TypeRule } from "../../../simulator/table.ts";
import { isProvider } from "../counts.ts";

/** What the simulated clouds' tables know of types: above all, which inputs cannot be changed in place. */
export class Knowledge {
    readonly #tables: ReadonlyMap<string, Provider>;

    constructor(tables: ReadonlyMap<string, Provider>) {
        this.#tables = tables;
    }

    /** Loads the tables of all packages that the types belong to. */
    static async of(tokens: readonly string[]): Promise<Knowledge> {
        const names = new Set(
            tokens.map((token) => packageNamed(token)).filter((name) => name !== ""),
        );
        const tables = await Promise.all(
            [...names].map(async (name) => [name, await loadProvider(name)] as const),
        );
        return new Knowledge(new Map(tables));
    }

    /** The paths of the inputs whose change replaces the resource. */
    immutable(token: string): readonly string[] {
        return this.#rule(token)?.immutable ?? [];
    }

    /** What the cloud fills in where the program says nothing: saying the same is no change. */
    defaults(token: string): Properties {
        return this.#rule(token)?.defaults ?? {};
    }

    /** True if a provider with the new configuration manages another place, so that everything is made anew there. */
    moves(token: string, olds: Properties, news: Properties): boolean {
        const table = this.#tables.get(packageNamed(token));
        if (table === undefined || !isProvider(token)) return false;
        if (table.moves !== undefined) return table.moves(olds, news);
        const [from, to] = [table.scope(olds).account, table.scope(news).account];
        return to !== "" && from !== to;
    }

    #rule(token: string): TypeRule | undefined {
        const table = this.#tables.get(packageNamed(token));
        return table?.types[token] ?? table?.fallback?.(token);
    }
}

/** The provider's name; empty for components, which have none. */
function packageNamed(token: string): string {
    if (isProvider(token)) return token.split(":")[2] ?? "";
    const name = packageOf(token);
    return ["aws", "azure-native", "gcp", "kubernetes", "random"].includes(name) ? name : "";
}
