/**
 * Ends the process with 2 where nobody catches what is thrown, as when the program or its rules cannot even be loaded.
 * Node would end with 1, which means findings, and shows the place either way.
 */
export function endBrokenIfUncaught(): void {
    process.once("uncaughtExceptionMonitor", () => {
        process.once("exit", () => {
            process.exitCode = 2;
        });
    });
}
