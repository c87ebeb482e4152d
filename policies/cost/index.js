import { existsSync } from "node:fs";
import { enableCompileCache, flushCompileCache } from "node:module";
import { join } from "node:path";

// The engine loads this file with require(), which strips no types; what is imported from here is stripped by Node itself.
if (process.features.typescript) {
    // Node keeps what it has compiled in the project's own folder, if there is one: whoever can write to a cache can run
    // code as its reader, so a folder that others share will not do.
    const local = join(import.meta.dirname, "..", "..", ".local");
    if (existsSync(local)) enableCompileCache(join(local, "cache"));
    // Written at once: the engine ends the process without letting it say goodbye.
    void import("./pack.ts").then(() => flushCompileCache());
} else {
    console.error(
        `The policy pack needs Node 22.18 or newer; this is ${process.version}. Put a newer node first on the PATH.`,
    );
    process.exit(1);
}
