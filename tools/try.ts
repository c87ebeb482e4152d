import { enableCompileCache } from "node:module";
import { join } from "node:path";

// Before the SDKs are loaded, which is why they are loaded afterwards: the cache halves their time.
enableCompileCache(join(import.meta.dirname, "..", ".local", "cache"));
const { tryCommand } = await import("./stack/command.ts");
process.exitCode = await tryCommand(process.argv.slice(2), process.stdout);
