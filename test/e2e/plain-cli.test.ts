import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { cp, mkdir, mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { promisify } from "node:util";
import { ROOT } from "../../tools/stack/layout.ts";
import { theEngine } from "./support/stage.ts";

const LANGUAGE_HOST = "pulumi-language-nodejs";

describe("plain pulumi, with the simulated clouds on the PATH", () => {
    let folder: string;
    beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), "platform-cli-"))));
    afterEach(() => rm(folder, { recursive: true, force: true }));

    it("previews, provisions, refreshes and destroys dev from the untouched files", async function () {
        const { command } = await theEngine();
        const path = [
            join(ROOT, "simulator", "bin"),
            dirname(command),
            join(ROOT, "node_modules", ".bin"),
        ];
        const all = [...path, ...(process.env.PATH ?? "").split(delimiter)];
        if (!all.some((entry) => existsSync(join(entry, LANGUAGE_HOST)))) {
            console.log(`      left out: there is no ${LANGUAGE_HOST} on this machine`);
            this.skip();
        }
        const project = await linkProject(folder);
        const env = {
            ...process.env,
            PATH: all.join(delimiter),
            PULUMI_HOME: join(folder, "home"),
            PULUMI_BACKEND_URL: `file://${folder}/state`,
            PULUMI_CONFIG_PASSPHRASE: "simulated",
            PULUMI_SKIP_UPDATE_CHECK: "true",
            PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
            SIM_WORLD: join(folder, "world.sqlite"),
            SIM_TIME_SCALE: "0",
        };
        const pulumi = async (...args: string[]) =>
            (
                await promisify(execFile)(command, [...args, "-s", "dev", "--non-interactive"], {
                    cwd: project,
                    env,
                })
            ).stdout;
        const packs = ["--policy-pack", "policies/platform"];
        await promisify(execFile)(command, ["stack", "init", "dev"], { cwd: project, env });
        const planned = /\+ (\d+) to create/.exec(await pulumi("preview", ...packs))?.[1];
        const created = /\+ (\d+) created/.exec(await pulumi("up", "--yes", ...packs))?.[1];
        assert.ok(planned !== undefined);
        assert.equal(created, planned);
        await pulumi("up", "--yes", "--expect-no-changes", ...packs);
        await pulumi("refresh", "--yes", "--expect-no-changes");
        assert.match(await pulumi("destroy", "--yes"), new RegExp(`- ${planned} deleted`));
    });
});

/** The project as links, with a stack file of its own: the engine writes its encryption salt into it. */
async function linkProject(folder: string): Promise<string> {
    const project = join(folder, "project");
    await mkdir(join(folder, "state"));
    await mkdir(project);
    for (const entry of [
        "index.ts",
        "components",
        "policies",
        "node_modules",
        "package.json",
        "Pulumi.yaml",
    ]) {
        await symlink(join(ROOT, entry), join(project, entry));
    }
    await cp(join(ROOT, "Pulumi.dev.yaml"), join(project, "Pulumi.dev.yaml"));
    return project;
}
