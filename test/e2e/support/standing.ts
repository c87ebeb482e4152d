import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** The environment's variable that tells the processes of a run where the others look. */
const FOLDER = "E2E_STANDING";

/**
 * The folder of the stacks that are up, of which scenarios take copies: one for all processes of a run.
 *
 * The process that asks first makes it, hands it on to those that it starts, and removes it when it ends.
 */
export function standingFolder(): string {
    const known = process.env[FOLDER];
    if (known !== undefined) return known;
    const folder = mkdtempSync(join(tmpdir(), "platform-standing-"));
    process.env[FOLDER] = folder;
    process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
    return folder;
}
