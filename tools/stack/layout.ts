import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";

/** The project's folder. */
export const ROOT = fileURLToPath(new URL("../..", import.meta.url)).replace(/\/$/, "");

/** Where a local run keeps everything that it writes. */
export interface Layout {
    /** Copies of Pulumi.yaml and the stack's file; the engine's working folder. */
    readonly project: string;
    /** PULUMI_HOME. */
    readonly home: string;
    /** The state backend's folder. */
    readonly state: string;
    /** The passphrase that encrypts the secrets in the state. */
    readonly passphrase: string;
    /** The simulated clouds' file. */
    readonly world: string;
    /** Node's compile cache, which halves the start of each provider. */
    readonly cache: string;
}

/** The layout below one folder. The world may lie elsewhere: SIM_WORLD names it. */
export function layoutOf(folder: string, world = join(folder, "world.sqlite")): Layout {
    return {
        project: join(folder, "project"),
        home: join(folder, "pulumi"),
        state: join(folder, "state"),
        passphrase: join(folder, "passphrase"),
        world,
        cache: join(folder, "cache"),
    };
}

/** Where `npm run try` works: git-ignored, in the project. */
export const LOCAL = join(ROOT, ".local");

/** A path as the user should read it: relative to the project if it lies inside. */
export function shown(path: string): string {
    const inside = relative(ROOT, path);
    return inside.startsWith("..") ? path : inside;
}
