// Before the SDKs, which is why they are loaded afterwards.
import "./preload.js";
import { allowEarlyEnd } from "./lib/output.ts";
import { endBrokenIfUncaught } from "./lib/uncaught.ts";

endBrokenIfUncaught();
const { newCommand } = await import("./new/command.ts");
const { terminal } = await import("./new/terminal.ts");

allowEarlyEnd();
const isTerminal = process.stdin.isTTY && process.stdout.isTTY;
process.exitCode = await newCommand(process.argv.slice(2), process.stdout, {
    errors: process.stderr,
    ...(isTerminal && { prompt: terminal(process.stdin, process.stdout) }),
});
