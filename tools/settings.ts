import { settingsCommand } from "./settings/command.ts";

// A reader that goes away early, such as `head`, is no failure.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
});
process.exitCode = await settingsCommand(process.argv.slice(2), process.stdout);
