/** Where a command prints. */
export interface Output {
    write(text: string): unknown;
}

/** Lets a command end quietly when its reader goes away early, as `head` does. That is no failure. */
export function allowEarlyEnd(output: NodeJS.WritableStream = process.stdout): void {
    output.on("error", (error: NodeJS.ErrnoException) => {
        if (error.code !== "EPIPE") throw error;
    });
}
