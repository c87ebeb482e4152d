import { writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { UserError } from "./user-error.ts";

/** Writes a file that the user named. That it cannot be written is the user's to mend. */
export async function writeText(file: string, text: string): Promise<void> {
    try {
        await writeFile(file, text);
    } catch (error) {
        const { code } = error as NodeJS.ErrnoException;
        const why = code === "ENOENT" ? `there is no folder ${dirname(file)}` : String(code);
        throw new UserError(`${file} cannot be written: ${why}.`, 2);
    }
}
