import { readdir, readFile } from "node:fs/promises";
import { normalise } from "../../policies/runtime/normalise.ts";

/** How a cloud's SDK says that a type takes tags. */
export interface TaggableCloud {
    readonly package: string;
    readonly file: string;
    readonly constant: string;
    /** What its resources carry, for the docstring. */
    readonly words: string;
    /** Whether the typings of a resource, its class and its arguments, say so. */
    readonly takes: (source: string, args: string) => boolean;
}

const MAP_OF_TAGS = /\n {4}tags\?: pulumi\.Input<\{/;
const MAP_OF_LABELS = /\n {4}labels\?: pulumi\.Input<\{/;

/** The clouds whose resources carry tags or labels. */
export const TAGGABLE: readonly TaggableCloud[] = [
    {
        package: "aws",
        file: "aws.ts",
        constant: "AWS_TAGGED",
        words: "tags",
        takes: (_source, args) => MAP_OF_TAGS.test(args),
    },
    {
        package: "azure-native",
        file: "azure.ts",
        constant: "AZURE_TAGGED",
        words: "tags",
        takes: (_source, args) => MAP_OF_TAGS.test(args),
    },
    {
        package: "gcp",
        file: "google.ts",
        constant: "GOOGLE_LABELLED",
        words: "labels, and get the provider's default labels too",
        // A few types call something else labels; those of Google's own have an output for the provider's labels.
        takes: (source, args) => MAP_OF_LABELS.test(args) && source.includes("effectiveLabels:"),
    },
];

/** The types that take tags, by module, in the order of the alphabet. */
export type TypesByModule = ReadonlyMap<string, readonly string[]>;

/** Reads the typings that are installed. */
export async function taggableTypes(cloud: TaggableCloud): Promise<TypesByModule> {
    const root = new URL(`../../node_modules/@pulumi/${cloud.package}/`, import.meta.url);
    const folders = await readdir(root, { withFileTypes: true });
    const modules = folders
        .filter((entry) => entry.isDirectory() && !["types", "node_modules"].includes(entry.name))
        .map(({ name }) => name)
        .sort();
    const found = new Map<string, readonly string[]>();
    for (const module of modules) {
        const types = await typesIn(new URL(`${module}/`, root), module, cloud);
        if (types.length > 0) found.set(module, types);
    }
    return found;
}

async function typesIn(folder: URL, module: string, cloud: TaggableCloud): Promise<string[]> {
    const files = (await readdir(folder)).filter(
        (file) => file.endsWith(".d.ts") && file !== "index.d.ts" && !file.startsWith("get"),
    );
    const names = await Promise.all(
        files.map(async (file) => {
            const source = await readFile(new URL(file, folder), "utf8");
            const name = /class (\w+) extends pulumi\.CustomResource/.exec(source)?.[1];
            if (name === undefined) return [];
            const args = source.slice(source.indexOf(`export interface ${name}Args {`));
            return cloud.takes(source, args) ? [normalName(cloud.package, module, name)] : [];
        }),
    );
    return [...new Set(names.flat())].sort();
}

/** The name by which rules know the type, without what only old versions of the SDK have. */
function normalName(pkg: string, module: string, name: string): string {
    return normalise(`${pkg}:${module}/x:${name}`).split(":").at(-1) ?? name;
}

/** The module of TypeScript that says it to the rules. */
export function toModule(
    { package: pkg, constant, words }: TaggableCloud,
    types: TypesByModule,
): string {
    const lines = [...types].map(([module, names]) => `${module}: ${names.join(" ")}`);
    return [
        "// Written by `node tools/taggable.ts` from the SDK's typings; a test says when it is out of date.",
        "",
        `/** The types of @pulumi/${pkg} that carry ${words}, by module. */`,
        `export const ${constant} = \``,
        ...lines,
        "`;",
        "",
    ].join("\n");
}
