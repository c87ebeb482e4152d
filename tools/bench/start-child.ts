/**
 * Starts the program as far as it can come without an engine: everything that the stack's clouds need is loaded and the
 * settings are read. The stack's configuration comes as JSON; without it, @pulumi/pulumi is loaded and nothing else.
 * Prints which SDK files were loaded.
 */
import { createRequire } from "node:module";
import { runtime } from "@pulumi/pulumi";

const config = process.argv[2];
if (config !== undefined) await start(JSON.parse(config) as Record<string, string>);
const loaded: Record<string, number> = {};
for (const file of Object.keys(createRequire(import.meta.url).cache)) {
    const sdk = /node_modules\/@pulumi\/([a-z-]+)\//.exec(file)?.[1];
    if (sdk !== undefined) loaded[sdk] = (loaded[sdk] ?? 0) + 1;
}
console.log(JSON.stringify(loaded));
process.exit(0);

async function start(texts: Record<string, string>): Promise<void> {
    const nothing = { newResource: () => ({ id: "", state: {} }), call: () => ({}) };
    await runtime.setMocks(nothing, "platform", "stack");
    runtime.setAllConfig(texts);
    await import("../../index.ts");
    const { loadSettings } = await import("../../components/settings.ts");
    const { loadCloud } = await import("../../components/clouds.ts");
    await Promise.all(loadSettings().sites.map((site) => loadCloud(site)));
}
