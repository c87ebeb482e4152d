import { allowEarlyEnd } from "./lib/output.ts";
import { bundleCommand } from "./bundle/command.ts";

allowEarlyEnd();
process.exitCode = await bundleCommand(process.argv.slice(2), process.stdout, process.stderr);
