// The engine loads a pack's index.js with require(), which strips no types, and so this is JavaScript too; what is
// imported from here is stripped by Node itself.
import { existsSync } from "node:fs";
import { enableCompileCache, flushCompileCache, getCompileCacheDir } from "node:module";
import { join } from "node:path";

/** Milliseconds from the pack's last answer until it writes what it has compiled. */
const PAUSE = 20;

/**
 * Starts a pack, or says which Node it needs.
 *
 * @param {() => Promise<unknown>} load imports the pack
 */
export async function start(load) {
    if (!process.features.typescript) {
        console.error(
            `The policy pack needs Node 22.18 or newer; this is ${process.version}. Put a newer node first on the PATH.`,
        );
        process.exit(1);
    }
    // Node keeps what it has compiled in the project's own folder, if there is one: whoever can write to a cache can run
    // code as its reader, so a folder that others share will not do.
    const local = join(import.meta.dirname, "..", ".local");
    if (existsSync(local)) enableCompileCache(join(local, "cache"));
    if (getCompileCacheDir() !== undefined) await keepCompiled();
    await load();
}

/**
 * Has Node write its cache after the stack was judged, which is the last thing that the engine asks of a pack.
 *
 * Not at the end of the process, because the engine may kill it; and not at the start, because writing takes some tenths of a
 * second, for which the engine would wait.
 */
async function keepCompiled() {
    const { default: rpc } = await import("@pulumi/pulumi/proto/analyzer_grpc_pb.js");
    const method = rpc.AnalyzerService.analyzeStack;
    const encode = method.responseSerialize;
    method.responseSerialize = (answer) => {
        setTimeout(flushCompileCache, PAUSE).unref();
        return encode(answer);
    };
}
