import { chmod, mkdir, readFile, readdir, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { quote } from "../lib/shell.ts";
import { ROOT } from "./layout.ts";

const SIMULATED = join(ROOT, "simulator", "bin");
const PREFIX = "pulumi-resource-";
const ANALYZER = "pulumi-analyzer-policy-nodejs";

/**
 * Installs the simulated clouds as the plugins of the SDKs' versions, and what runs policy packs where Pulumi's Node
 * language host, which does it otherwise, is not installed.
 *
 * On the PATH they would work too, but the engine warns about each plugin that it finds there.
 */
export async function installPlugins(home: string): Promise<void> {
    const names = (await readdir(SIMULATED).catch(() => []))
        .filter((name) => name.startsWith(PREFIX))
        .map((name) => name.slice(PREFIX.length));
    await Promise.all([
        ...names.map(async (name) => {
            const version = await versionOf(name);
            await install(
                home,
                `resource-${name}-v${version}`,
                join(SIMULATED, `${PREFIX}${name}`),
            );
        }),
        install(
            home,
            "analyzer-policy-nodejs-v1.0.0",
            join(ROOT, "tools", "engine", "bin", ANALYZER),
        ),
    ]);
}

async function versionOf(sdk: string): Promise<string> {
    const manifest = join(ROOT, "node_modules", "@pulumi", sdk, "package.json");
    return (JSON.parse(await readFile(manifest, "utf8")) as { version: string }).version;
}

async function install(home: string, name: string, executable: string): Promise<void> {
    const folder = join(home, "plugins", name);
    await mkdir(folder, { recursive: true });
    const file = join(folder, basename(executable));
    await writeFile(file, `#!/bin/sh\nexec ${quote(executable)} "$@"\n`);
    await chmod(file, 0o755);
}
