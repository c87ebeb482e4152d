import { mkdir, readlink, rm, symlink } from "node:fs/promises";
import { delimiter, dirname, join } from "node:path";
import type { PulumiFn } from "@pulumi/pulumi/automation/index.js";
import { LocalWorkspace, PulumiCommand, Stack } from "@pulumi/pulumi/automation/index.js";
import type { Engine } from "../engine/find.ts";
import { separateConnections } from "./connections.ts";
import { copyFiles, passphrase } from "./files.ts";
import type { StackFile } from "./files.ts";
import type { Layout } from "./layout.ts";
import { ROOT } from "./layout.ts";
import { installPlugins } from "./plugins.ts";

/** The pack that every local run enforces. */
export const PLATFORM_PACK = join(ROOT, "policies", "platform");

/** What a local run needs. */
export interface LocalStackOptions {
    readonly engine: Engine;
    readonly layout: Layout;
    readonly file: StackFile;
    readonly program: PulumiFn;
    /** SIM_TIME_SCALE. @default the environment's, else the simulator's own */
    readonly timeScale?: number;
}

/** The environment that the engine, and everything it starts, runs in. */
export async function engineEnvironment(
    { command }: Engine,
    layout: Layout,
    timeScale?: number,
): Promise<Record<string, string>> {
    const path = [
        dirname(command),
        // Node of the pinned version, for the simulated clouds and the policy packs.
        join(ROOT, "node_modules", ".bin"),
        process.env.PATH ?? "",
    ];
    return {
        PATH: path.join(delimiter),
        PULUMI_HOME: layout.home,
        // Without the files of attributes that the backend keeps beside its own: it does not write them in one piece,
        // and one that a killed run left half-written makes the whole state unreadable.
        PULUMI_BACKEND_URL: `file://${layout.state}?metadata=skip`,
        PULUMI_CONFIG_PASSPHRASE: await passphrase(layout),
        PULUMI_CONFIG_PASSPHRASE_FILE: "",
        PULUMI_SKIP_UPDATE_CHECK: "true",
        PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
        // Else a cloud's own provider on the PATH would come before the simulated one, and work on the real cloud.
        PULUMI_IGNORE_AMBIENT_PLUGINS: "true",
        NODE_COMPILE_CACHE: layout.cache,
        SIM_WORLD: layout.world,
        ...(timeScale === undefined ? {} : { SIM_TIME_SCALE: String(timeScale) }),
    };
}

/** Opens a stack on a file backend and the simulated clouds, with the program run in this process. */
export async function openStack(options: LocalStackOptions): Promise<Stack> {
    const { engine, layout, file } = options;
    separateConnections();
    await Promise.all(
        [layout.state, layout.home].map((folder) => mkdir(folder, { recursive: true })),
    );
    await installPlugins(layout.home);
    await copyFiles(file, layout);
    const workspace = await LocalWorkspace.create({
        workDir: layout.project,
        pulumiHome: layout.home,
        program: options.program,
        envVars: await engineEnvironment(engine, layout, options.timeScale),
        pulumiCommand: await commandOf(engine, layout),
    });
    return Stack.createOrSelect(file.stack, workspace);
}

/** The Automation API runs `<root>/bin/pulumi`; an engine may lie anywhere. */
async function commandOf(engine: Engine, layout: Layout): Promise<PulumiCommand> {
    const link = join(layout.home, "bin", "pulumi");
    await mkdir(dirname(link), { recursive: true });
    if ((await readlink(link).catch(() => "")) !== engine.command) {
        await rm(link, { force: true });
        await symlink(engine.command, link);
    }
    return PulumiCommand.get({ root: layout.home });
}
