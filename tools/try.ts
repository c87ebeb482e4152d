// Before the SDKs, which is why they are loaded afterwards.
import "./preload.js";

const { tryCommand } = await import("./stack/command.ts");

// A reader that goes away early, such as `head`, is no failure.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
});
process.exitCode = await tryCommand(process.argv.slice(2), process.stdout);
