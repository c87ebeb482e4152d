// Before the SDKs, which is why they are loaded afterwards.
import "./preload.js";
import { allowEarlyEnd } from "./lib/output.ts";
import { endBrokenIfUncaught } from "./lib/uncaught.ts";

endBrokenIfUncaught();
const { evidenceCommand } = await import("./evidence/command.ts");

allowEarlyEnd();
process.exitCode = await evidenceCommand(process.argv.slice(2), process.stdout, {
    errors: process.stderr,
});
