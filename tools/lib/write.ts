import { constants } from "node:fs";
import { access, stat, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { UserError } from "./user-error.ts";

/** Writes a file that the user named. That it cannot be written is the user's to mend. */
export async function writeText(file: string, text: string): Promise<void> {
    try {
        await writeFile(file, text);
    } catch (error) {
        throw refusal(file, error as NodeJS.ErrnoException);
    }
}

/** Refuses a file that cannot be written, before it is. */
export async function refuseUnwritable(file: string): Promise<void> {
    try {
        const there = await stat(file).catch(() => undefined);
        if (there?.isDirectory()) throw Object.assign(new Error(), { code: "EISDIR" });
        await access(there === undefined ? dirname(file) : file, constants.W_OK);
    } catch (error) {
        throw refusal(file, error as NodeJS.ErrnoException);
    }
}

function refusal(file: string, { code }: NodeJS.ErrnoException): UserError {
    const why = code === "ENOENT" ? `there is no folder ${dirname(file)}` : String(code);
    return new UserError(`${file} cannot be written: ${why}.`, 2);
}
