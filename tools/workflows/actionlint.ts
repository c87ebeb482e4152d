import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { cacheFolder } from "../engine/find.ts";
import { UserError } from "../lib/user-error.ts";

const HERE = import.meta.dirname;
const MODULE = "github.com/rhysd/actionlint";

/** The version that tools/workflows/go.mod pins: `1.7.12`. */
function pinnedActionlint(): string {
    const text = readFileSync(join(HERE, "go.mod"), "utf8");
    const version = new RegExp(`${MODULE} v(\\S+)`).exec(text)?.[1];
    if (version === undefined) {
        throw new Error(`tools/workflows/go.mod does not require ${MODULE}.`);
    }
    return version;
}

/** The executable of actionlint, built from the pinned Go modules the first time and kept beside the engine. */
export async function buildActionlint(env: NodeJS.ProcessEnv): Promise<string> {
    const folder = cacheFolder(`actionlint-${pinnedActionlint()}`, { env });
    const command = join(folder, "actionlint");
    if (spawnSync(command, ["-version"]).status === 0) return command;
    if (spawnSync("go", ["version"], { env }).status !== 0) {
        throw new UserError(
            "Workflows are checked by actionlint, which is built from Go modules, and there is no Go here: " +
                "https://go.dev/doc/install",
            2,
        );
    }
    await mkdir(folder, { recursive: true });
    // GOFLAGS and GOWORK of the user's own projects must not change what is built.
    const clean = {
        ...env,
        CGO_ENABLED: "0",
        GOFLAGS: "-mod=readonly -buildvcs=false",
        GOWORK: "off",
    };
    const args = ["build", "-trimpath", "-o", command, `${MODULE}/cmd/actionlint`];
    const built = spawnSync("go", args, { cwd: HERE, env: clean, encoding: "utf8" });
    if (built.status === 0) return command;
    throw new UserError(`Building actionlint failed:\n${built.stderr.trim()}`, 2);
}

/** What is wrong with the workflows of a project, as actionlint tells it; empty if nothing is. */
export function lintWorkflows(command: string, project: string): string {
    // What happens to be installed must not change the answer.
    const args = ["-shellcheck=", "-pyflakes=", "-no-color"];
    const { status, stdout, stderr } = spawnSync(command, args, { cwd: project, encoding: "utf8" });
    return status === 0 ? "" : `${stdout}${stderr}`.trim() || "actionlint failed.";
}
