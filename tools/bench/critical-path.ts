import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import platform from "../../index.ts";
import { operations } from "../../simulator/inspect.ts";
import { Store } from "../../simulator/store.ts";
import { findEngine } from "../engine/find.ts";
import { findStack } from "../stack/files.ts";
import { layoutOf } from "../stack/layout.ts";
import { openStack } from "../stack/local-stack.ts";
import { Progress } from "../stack/progress.ts";
import { run } from "../stack/run.ts";
import { longestChain } from "./chains.ts";
import type { Figure } from "./figure.ts";

/**
 * How long a second of the clouds lasts here. Long enough that the engine's own work, some seconds for three clouds,
 * does not decide the figure; short enough that one can wait for it.
 */
const SCALE = 0.15;

/** The time of `up` of prod over the longest chain of creations that have to wait for each other. */
export async function pathFigures(say: (line: string) => void): Promise<Figure[]> {
    const folder = await mkdtemp(join(tmpdir(), "platform-bench-"));
    try {
        const engine = await findEngine({ env: process.env, say });
        const layout = layoutOf(folder);
        const program = async () => ({ ...(await platform()) });
        const file = await findStack("prod");
        const stack = await openStack({ engine, layout, file, program, timeScale: SCALE });
        const progress = new Progress();
        const started = performance.now();
        let ended = NaN;
        const { error } = await run(stack, "up", {
            progress,
            onEvent: (event) => {
                progress.take(event);
                if (event.summaryEvent) ended = performance.now();
            },
        });
        if (error !== undefined) throw new Error(`up failed: ${String(error)}`);
        const chain = longestChain(secondsIn(layout.world));
        const took = (ended - started) / 1000;
        return [
            {
                name: "up of prod over its longest necessary chain, time",
                value: took / (chain.seconds * SCALE),
                unit: "×",
                limit: 1.1,
                detail:
                    `${took.toFixed(1)} s against ${(chain.seconds * SCALE).toFixed(1)} s ` +
                    `(${chain.seconds.toFixed(0)} s at ${SCALE}; ${chain.name})`,
            },
        ];
    } finally {
        await rm(folder, { recursive: true, force: true });
    }
}

/** The longest creation of each type in the world's log. */
function secondsIn(world: string): (type: string) => number | undefined {
    const store = Store.open(world);
    const longest = new Map<string, number>();
    for (const { kind, type, seconds } of operations(store)) {
        if (kind === "create") longest.set(type, Math.max(longest.get(type) ?? 0, seconds));
    }
    store.close();
    return (type) => longest.get(type);
}
