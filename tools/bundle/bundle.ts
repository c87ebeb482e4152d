import { cp, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { build } from "esbuild";
import { UserError } from "../lib/user-error.ts";
import { ROOT } from "../stack/layout.ts";

/** The packs that can be bundled, by their folder below policies/. */
export const PACKS = ["platform", "security", "reliability", "cost"] as const;
export type PackFolder = (typeof PACKS)[number];

/** What stays outside of the bundle: the engine starts a program of the SDK from the pack's own folder. */
const EXTERNAL = ["@pulumi/policy", "@pulumi/pulumi"] as const;

const WAIVERS = `# Findings that somebody answers for, until a day. Each needs rule, select, owner, reason and expires.
waivers: []
`;

/** Writes a pack into a folder of its own. Refuses a folder that holds something. */
export async function bundle(pack: PackFolder, folder: string): Promise<void> {
    const there = await readdir(folder).catch(() => []);
    if (there.length > 0) {
        throw new UserError(`${folder} is not empty. Name another folder, or empty it first.`, 2);
    }
    await mkdir(folder, { recursive: true });
    const source = join(ROOT, "policies", pack);
    await build({
        entryPoints: [join(source, "pack.ts")],
        outfile: join(folder, "index.js"),
        bundle: true,
        // The engine loads the file with require().
        format: "cjs",
        platform: "node",
        target: "node20",
        external: EXTERNAL.flatMap((name) => [name, `${name}/*`]),
        logLevel: "silent",
    });
    await writeFile(join(folder, "package.json"), await manifest(source));
    await writeFile(join(folder, "waivers.yaml"), WAIVERS);
    await cp(join(source, "PulumiPolicy.yaml"), join(folder, "PulumiPolicy.yaml"));
    await cp(join(ROOT, "LICENSE"), join(folder, "LICENSE"));
    await copyProfiles(join(folder, "profiles"));
}

async function copyProfiles(folder: string): Promise<void> {
    await mkdir(folder);
    const source = join(ROOT, "policies", "profiles");
    for (const file of await readdir(source)) {
        if (file.endsWith(".json")) await cp(join(source, file), join(folder, file));
    }
}

/** The pack's own package.json with the packages that it needs, in the versions of this repository. */
async function manifest(source: string): Promise<string> {
    const own = await readJson(join(source, "package.json"));
    const { dependencies } = (await readJson(join(ROOT, "package.json"))) as {
        dependencies: Record<string, string>;
    };
    const needed = Object.fromEntries(EXTERNAL.map((name) => [name, dependencies[name]]));
    return `${JSON.stringify({ ...own, type: "commonjs", dependencies: needed }, undefined, 4)}\n`;
}

async function readJson(file: string): Promise<Record<string, unknown>> {
    return JSON.parse(await readFile(file, "utf8")) as Record<string, unknown>;
}
