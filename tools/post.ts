import { allowEarlyEnd } from "./lib/output.ts";
import { postCommand } from "./post/command.ts";

allowEarlyEnd();
process.exitCode = await postCommand(
    process.argv.slice(2),
    process.stdout,
    process.stderr,
    process.env,
);
