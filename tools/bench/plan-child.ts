/** Plans prod as `npm run plan` does, or with the argument "program" runs the program alone, as the plan does it first. */
// Before the SDKs, which is why they are loaded afterwards.
import "../preload.js";

if (process.argv[2] === "program") {
    const { runStack } = await import("../offline/stack.ts");
    await runStack("prod", { preview: true });
} else {
    const { planCommand } = await import("../plan/command.ts");
    const nowhere = { write: () => true, columns: 80, isTTY: false };
    const code = await planCommand(["--stack", "prod", "--json", "-"], nowhere);
    if (code > 1) process.exitCode = code;
}
process.exit();
