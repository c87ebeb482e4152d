// Before the SDKs, which is why they are loaded afterwards.
import "./preload.js";
import { allowEarlyEnd } from "./lib/output.ts";

const { tryCommand } = await import("./stack/command.ts");

allowEarlyEnd();
process.exitCode = await tryCommand(process.argv.slice(2), process.stdout, process.stderr);
