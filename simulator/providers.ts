import { readFileSync } from "node:fs";
import { join } from "node:path";

import type { Provider } from "./table.ts";

/** The file in `types/` that each provider's table lies in, which is also what the table is called there. */
const TABLES: Readonly<Record<string, string>> = {
    aws: "aws",
    "azure-native": "azure",
    gcp: "gcp",
    kubernetes: "kubernetes",
    random: "random",
};

/** The names of the providers that are simulated. */
const providerNames: readonly string[] = Object.keys(TABLES);

/** Loads one provider's table; the others are not even read. */
export async function loadProvider(name: string): Promise<Provider> {
    const table = TABLES[name];
    if (!table) {
        throw new Error(
            `there is no simulated provider "${name}"; there are ${providerNames.join(", ")}`,
        );
    }
    const module = (await import(`./types/${table}.ts`)) as Record<string, Provider>;
    const provider = module[table];
    if (!provider) throw new Error(`simulator/types/${table}.ts exports no "${table}"`);
    return provider;
}

/** The version a provider answers with: that of the SDK it stands in for, else the engine warns. */
export function versionOf(provider: Provider): string {
    if (provider.version) return provider.version;
    const root = join(import.meta.dirname, "..", "node_modules", "@pulumi", provider.name);
    const description = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
        version: string;
    };
    return description.version;
}

/** The package of a type or function token: `aws:ec2/vpc:Vpc` → `aws`. */
export function packageOf(token: string): string {
    return token.split(":")[0] ?? "";
}
