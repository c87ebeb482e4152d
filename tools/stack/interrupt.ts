import { setTimeout as sleep } from "node:timers/promises";
import type { Progress } from "./progress.ts";

/** How long the engine has to notice an interrupt by itself. */
const GRACE = 500;

/**
 * Stops the engine in good order when the user interrupts.
 *
 * A terminal sends Ctrl-C to the engine too, and a second one would make it drop everything; so it is passed on only
 * if the engine does not begin to stop by itself.
 */
export function onInterrupt(progress: Progress): {
    signal: AbortSignal;
    happened: () => boolean;
    off: () => void;
} {
    const controller = new AbortController();
    let happened = false;
    const handler = () => {
        if (happened) return;
        happened = true;
        void sleep(GRACE).then(() => {
            if (!progress.cancelling) controller.abort();
        });
    };
    process.on("SIGINT", handler);
    process.on("SIGTERM", handler);
    return {
        signal: controller.signal,
        happened: () => happened,
        off: () => {
            process.off("SIGINT", handler);
            process.off("SIGTERM", handler);
        },
    };
}
