// Node loads this before the program (Pulumi.yaml, runtime.options.nodeargs). It is JavaScript, so that a Node which is too old
// for the program can still read it and say so.
import module from "node:module";
import { join } from "node:path";

if (!process.features.typescript) {
    console.error(
        `This program needs Node 22.18 or newer on the PATH, and this is ${process.version}. ` +
            "After npm ci, node_modules/.bin has one: export PATH=$PWD/node_modules/.bin:$PATH",
    );
    process.exit(1);
}

// Node then keeps what it has compiled, SDKs and stripped types alike, which halves the time to start. The cache is the
// project's own: whoever can write to a cache can run code as its reader.
module.enableCompileCache(join(import.meta.dirname, "..", ".local", "cache"));
