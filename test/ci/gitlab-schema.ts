import { spawnSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ROOT } from "../../tools/stack/layout.ts";

/** Has GitLab's own schema judge a pipeline, by a runner that carries it. */
export async function validate(text: string): Promise<{ status: number | null; said: string }> {
    const folder = await mkdtemp(join(tmpdir(), "gitlab-"));
    try {
        await writeFile(join(folder, ".gitlab-ci.yml"), text);
        const git = (...args: string[]) => spawnSync("git", args, { cwd: folder });
        git("init", "--quiet", "--initial-branch", "main");
        const me = ["-c", "user.name=Test", "-c", "user.email=test@example.com"];
        git(...me, "commit", "--quiet", "--allow-empty", "--message", "Begin");
        git("remote", "add", "origin", "git@gitlab.com:acme/platform.git");
        const command = join(ROOT, "node_modules", ".bin", "gitlab-ci-local");
        const args = ["--list-all", "--home", folder];
        const { status, stdout, stderr } = spawnSync(command, args, {
            cwd: folder,
            encoding: "utf8",
        });
        return { status, said: `${stdout}${stderr}` };
    } finally {
        await rm(folder, { recursive: true, force: true });
    }
}
