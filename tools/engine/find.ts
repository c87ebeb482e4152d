import { accessSync, constants, statSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, isAbsolute, join } from "node:path";
import { UserError } from "../lib/user-error.ts";
import { buildEngine } from "./build.ts";
import { isAtLeast, pinnedVersion, versionOf } from "./pin.ts";

/** An engine that can be run. */
export interface Engine {
    /** The executable's absolute path. */
    readonly command: string;
    readonly version: string;
    /** Which engine it is and why it was chosen, for the user. */
    readonly why: string;
}

/** Where to look and how to tell about it. */
export interface FindOptions {
    readonly env: NodeJS.ProcessEnv;
    /** The user's home. @default the operating system's answer */
    readonly home?: string;
    /** Takes what happens while looking, line by line. */
    readonly say: (line: string) => void;
}

/**
 * Finds the `pulumi` engine: the one that PLATFORM_ENGINE names, one on the PATH, one that Pulumi's own installers
 * (`curl … | sh`, `npx pulumi`, the Automation API) left in `~/.pulumi`, or one built from the pinned Go modules.
 *
 * Nothing is downloaded but Go modules, and those only to build.
 */
export async function findEngine(options: FindOptions): Promise<Engine> {
    const wanted = pinnedVersion();
    const named = options.env.PLATFORM_ENGINE;
    if (named !== undefined && named !== "") return nameEngine(named);
    for (const { command, why } of candidates(wanted, options)) {
        const version = await versionOf(command);
        if (version === undefined) {
            options.say(`${command} does not run; looking further.`);
        } else if (!isAtLeast(version, wanted)) {
            options.say(`${command} is pulumi ${version}, older than ${wanted}; looking further.`);
        } else {
            return { command, version, why };
        }
    }
    const folder = cacheFolder(wanted, options);
    const command = await buildEngine({ folder, version: wanted, ...options });
    return { command, version: wanted, why: "built from Go modules, kept for the next time" };
}

async function nameEngine(command: string): Promise<Engine> {
    const version = isAbsolute(command) ? await versionOf(command) : undefined;
    if (version === undefined) {
        throw new UserError(
            `PLATFORM_ENGINE is "${command}", which is not the absolute path of a pulumi executable. ` +
                "Correct it or unset it.",
        );
    }
    return { command, version, why: "named by PLATFORM_ENGINE" };
}

function candidates(wanted: string, { env, home = homedir() }: FindOptions) {
    const pulumi = env.PULUMI_HOME ?? join(home, ".pulumi");
    return [
        ...(env.PATH ?? "")
            .split(delimiter)
            .filter(isAbsolute)
            .map((folder) => ({ folder, why: "found on the PATH" })),
        {
            folder: join(pulumi, "versions", wanted, "bin"),
            why: "installed by npx pulumi or the Automation API",
        },
        { folder: join(pulumi, "bin"), why: "installed by Pulumi's installer" },
        { folder: cacheFolder(wanted, { env, home }), why: "built here before" },
    ]
        .map(({ folder, why }) => ({ command: join(folder, "pulumi"), why }))
        .filter(({ command }) => isExecutable(command));
}

/** Where executables are kept that are built here, once for each version and kind of machine. */
export function cacheFolder(
    version: string,
    { env, home = homedir() }: Omit<FindOptions, "say">,
): string {
    const cache =
        env.PLATFORM_ENGINE_CACHE ??
        join(env.XDG_CACHE_HOME ?? join(home, ".cache"), "platform-engine");
    return join(cache, `${version}-${process.platform}-${process.arch}`);
}

function isExecutable(file: string): boolean {
    try {
        accessSync(file, constants.X_OK);
        return statSync(file).isFile();
    } catch {
        return false;
    }
}
