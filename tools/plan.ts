// Before the SDKs, which is why they are loaded afterwards.
import "./preload.js";
import { allowEarlyEnd } from "./lib/output.ts";
import { endBrokenIfUncaught } from "./lib/uncaught.ts";

endBrokenIfUncaught();
const { planCommand } = await import("./plan/command.ts");

allowEarlyEnd();
process.exitCode = await planCommand(process.argv.slice(2), process.stdout, {
    errors: process.stderr,
});
