import { cp, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { build } from "esbuild";
import { UserError } from "../lib/user-error.ts";
import { ROOT } from "../stack/layout.ts";
import { lockFor, type Lockfile, type Manifest } from "./lock.ts";

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
    const manifest = await manifestOf(source);
    const lock = lockFor(manifest, await readJson<Lockfile>(join(ROOT, "package-lock.json")));
    await writeJson(join(folder, "package.json"), manifest);
    await writeJson(join(folder, "package-lock.json"), lock);
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
async function manifestOf(source: string): Promise<Manifest> {
    const own = await readJson<Manifest>(join(source, "package.json"));
    const { dependencies } = await readJson<Manifest>(join(ROOT, "package.json"));
    const needed = EXTERNAL.map((name) => [name, dependencies[name] ?? ""] as const);
    return { ...own, type: "commonjs", dependencies: Object.fromEntries(needed) };
}

/** Reads a file of npm's, whose form npm has checked. */
async function readJson<T>(file: string): Promise<T> {
    return JSON.parse(await readFile(file, "utf8")) as T;
}

function writeJson(file: string, content: unknown): Promise<void> {
    return writeFile(file, `${JSON.stringify(content, undefined, 4)}\n`);
}
