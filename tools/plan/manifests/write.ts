import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { UserError } from "../../lib/user-error.ts";
import { nameOf } from "../../stack/state.ts";
import type { Plan } from "../model.ts";
import { compare } from "../order.ts";
import { orderObjects } from "./order.ts";
import { readme } from "./readme.ts";
import { render, type Manifest } from "./render.ts";

/** Lists what was written, so that the next run takes exactly that away. */
const LIST = ".npm-run-plan";

/** The objects of a cluster, as files. */
export interface ClusterFiles {
    /** The folder's name: that of the cluster's provider. */
    readonly cluster: string;
    readonly files: readonly Manifest[];
}

/** The Kubernetes objects of plans as files, in the order in which they can be applied. */
export function manifestsOf(plans: readonly Plan[]): readonly ClusterFiles[] {
    return plans.flatMap(({ resources }) =>
        [...orderObjects(resources)].map(([provider, objects]) => ({
            cluster: folderOf(nameOf(provider)),
            files: numbered(objects.map(render)),
        })),
    );
}

/** By numbers of one width, as `kubectl` takes files in the order of their names. */
function numbered(files: readonly Manifest[]): readonly Manifest[] {
    const width = Math.max(3, String(files.length).length);
    return files.map((file, index) => {
        return { ...file, name: `${String(index + 1).padStart(width, "0")}-${file.name}` };
    });
}

/** Writes a folder for each cluster. Gives the files that it wrote, as they are to be shown. */
export async function writeManifests(
    plans: readonly Plan[],
    folder: string,
): Promise<readonly string[]> {
    const clusters = manifestsOf(plans);
    const names = clusters.map(({ cluster }) => cluster);
    const twice = names.find((name, index) => names.indexOf(name) !== index);
    if (twice !== undefined) {
        throw new UserError(`Two stacks have a cluster ${twice}. Plan them one by one.`, 2);
    }
    await clear(folder);
    const files = [
        { path: "README.md", text: readme(clusters) },
        ...clusters.flatMap(({ cluster, files }) =>
            files.map(({ name, text }) => ({ path: join(cluster, name), text })),
        ),
    ];
    // First the list: a run that is interrupted leaves nothing that the next one does not know.
    const list = files.map(({ path }) => `${path}\n`).sort(compare);
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, LIST), list.join(""));
    for (const { path, text } of files) {
        await mkdir(dirname(join(folder, path)), { recursive: true });
        await writeFile(join(folder, path), text);
    }
    return clusters.map(
        ({ cluster, files }) => `${join(folder, cluster)} (${files.length} objects)`,
    );
}

/** A provider may be called anything, and no name may lead out of the folder. */
function folderOf(name: string): string {
    return name.replaceAll(/[^\w.-]+/g, "-").replace(/^[.-]+/, "") || "cluster";
}

/** Refuses a folder that holds something else than what an earlier run wrote. Gives the list of that. */
export async function refuseForeign(folder: string): Promise<string> {
    const there = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
        if (error.code === "ENOENT") return [];
        const why = error.code === "ENOTDIR" ? "it is a file" : String(error.code);
        throw new UserError(`${folder} cannot be written: ${why}.`, 2);
    });
    if (there.length === 0) return "";
    return readFile(join(folder, LIST), "utf8").catch(() => {
        throw new UserError(
            `${folder} is not empty and was not written by npm run plan. Name another folder, or empty it yourself.`,
            2,
        );
    });
}

/** Takes away what an earlier run wrote. What somebody else put there is not touched, and stops it. */
async function clear(folder: string): Promise<void> {
    const list = await refuseForeign(folder);
    for (const path of list.split("\n").filter(isInside)) {
        await rm(join(folder, path), { force: true });
    }
}

/** A list that somebody changed must not lead elsewhere. */
function isInside(path: string): boolean {
    return path !== "" && !path.startsWith("/") && !path.split(/[\\/]/).includes("..");
}
