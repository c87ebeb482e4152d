import { allowEarlyEnd } from "./lib/output.ts";
import { settingsCommand } from "./settings/command.ts";

allowEarlyEnd();
process.exitCode = await settingsCommand(process.argv.slice(2), process.stdout, process.stderr);
