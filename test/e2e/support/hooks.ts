import { theEngine } from "./stage.ts";
import { standingFolder } from "./standing.ts";

/** Loaded by mocha itself, which runs this once, before it starts the processes that run the files. */
export async function mochaGlobalSetup(): Promise<void> {
    standingFolder();
    // Building it takes minutes where there is none, and once is enough.
    await theEngine();
}
