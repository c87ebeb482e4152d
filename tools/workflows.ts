import { allowEarlyEnd } from "./lib/output.ts";
import { workflowsCommand } from "./workflows/command.ts";

allowEarlyEnd();
process.exitCode = await workflowsCommand(
    process.argv.slice(2),
    process.stdout,
    process.stderr,
    process.env,
);
