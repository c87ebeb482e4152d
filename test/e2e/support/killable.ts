import { chmod, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Engine } from "../../../tools/engine/find.ts";
import { theEngine, type Stage } from "./stage.ts";

/** An engine whose process id is known, so that it can be killed. */
export async function killable(
    stage: Stage,
): Promise<{ engine: Engine; kill: () => Promise<void> }> {
    const real = await theEngine();
    const command = join(stage.folder, "killable-pulumi");
    const pid = join(stage.folder, "pid");
    await writeFile(command, `#!/bin/sh\necho $$ >"${pid}"\nexec "${real.command}" "$@"\n`);
    await chmod(command, 0o755);
    return {
        engine: { ...real, command },
        kill: async () => void process.kill(Number(await readFile(pid, "utf8")), "SIGKILL"),
    };
}
