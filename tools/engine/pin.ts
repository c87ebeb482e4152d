import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

/** The Go module that pins the engine, and the package in it that is the `pulumi` command. */
export const ENGINE_MODULE = fileURLToPath(new URL(".", import.meta.url));
const PACKAGE = "github.com/pulumi/pulumi/pkg/v3";
export const ENGINE_COMMAND = `${PACKAGE}/cmd/pulumi`;

/** The engine's version that the project is tested with, as `tools/engine/go.mod` pins it: `3.259.0`. */
export function pinnedVersion(): string {
    const text = readFileSync(`${ENGINE_MODULE}/go.mod`, "utf8");
    const version = new RegExp(`${PACKAGE} v(\\S+)`).exec(text)?.[1];
    if (version === undefined) throw new Error(`tools/engine/go.mod does not require ${PACKAGE}.`);
    return version;
}

/** True if `version` is `minimum` or newer. A pre-release counts as its release. */
export function isAtLeast(version: string, minimum: string): boolean {
    const [a, b] = [version, minimum].map((text) =>
        text.replace(/^v/, "").split(/[-+]/)[0]!.split(".").map(Number),
    ) as [number[], number[]];
    for (const index of [0, 1, 2]) {
        const difference = (a[index] ?? 0) - (b[index] ?? 0);
        if (difference !== 0) return difference > 0;
    }
    return true;
}

/** What `pulumi version` says, or undefined if it is no pulumi. */
export async function versionOf(command: string): Promise<string | undefined> {
    try {
        const { stdout } = await promisify(execFile)(command, ["version"], {
            env: { ...process.env, PULUMI_SKIP_UPDATE_CHECK: "true" },
            timeout: 30_000,
        });
        return /^v?(\d+\.\d+\.\d+\S*)$/.exec(stdout.trim())?.[1];
    } catch {
        return undefined;
    }
}
