import { chmod, mkdir, readFile, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { ROOT } from "./layout.ts";

const SIMULATED = join(ROOT, "simulator", "bin");
const PREFIX = "pulumi-resource-";

/**
 * Installs the simulated clouds as the plugins of the SDKs' versions.
 *
 * On the PATH they would work too, but the engine warns about each plugin that it finds there.
 */
export async function installPlugins(home: string): Promise<void> {
    const names = (await readdir(SIMULATED).catch(() => []))
        .filter((name) => name.startsWith(PREFIX))
        .map((name) => name.slice(PREFIX.length));
    await Promise.all(names.map((name) => install(name, home)));
}

async function install(name: string, home: string): Promise<void> {
    const manifest = join(ROOT, "node_modules", "@pulumi", name, "package.json");
    const { version } = JSON.parse(await readFile(manifest, "utf8")) as { version: string };
    const folder = join(home, "plugins", `resource-${name}-v${version}`);
    await mkdir(folder, { recursive: true });
    const file = join(folder, `${PREFIX}${name}`);
    await writeFile(file, `#!/bin/sh\nexec "${join(SIMULATED, `${PREFIX}${name}`)}" "$@"\n`);
    await chmod(file, 0o755);
}
