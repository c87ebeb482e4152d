import { allowEarlyEnd } from "./lib/output.ts";
import { worldCommand } from "./world/command.ts";

allowEarlyEnd();
process.exitCode = worldCommand(process.argv.slice(2), console.log, console.error);
