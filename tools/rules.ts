import { allowEarlyEnd } from "./lib/output.ts";
import { rulesCommand } from "./rules/command.ts";

allowEarlyEnd();
process.exitCode = await rulesCommand(process.argv.slice(2), process.stdout, process.stderr);
