import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { chmod, link, mkdir, readFile, rename, rm, rmdir, stat, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { UserError } from "../lib/user-error.ts";

/** A file as it is to be. */
export interface Target {
    readonly path: string;
    readonly text: string;
    /** What it says now. @default - it must not be there */
    readonly before?: string;
}

/** The files of these that are there already, though they are to be new. */
export function alreadyThere(
    targets: readonly Pick<Target, "path" | "before">[],
): readonly string[] {
    return targets
        .filter(({ path, before }) => before === undefined && existsSync(path))
        .map(({ path }) => path);
}

/** What has to be taken back if a later step fails, the last first. */
type Undo = (() => Promise<unknown>)[];

/**
 * Writes all files or none. Each text is first written beside its place, so that a full disk or a missing right shows
 * before anything stands where it belongs; a file that came to be in the meantime is not written over.
 */
export async function writeAll(targets: readonly Target[]): Promise<void> {
    const undo: Undo = [];
    const temporary: string[] = [];
    try {
        const staged: (Target & { readonly from: string })[] = [];
        for (const target of targets) {
            await makeFolder(dirname(target.path), undo);
            const from = `${target.path}.${randomUUID()}.new`;
            temporary.push(from);
            await writeFile(from, target.text, { flag: "wx" });
            staged.push({ ...target, from });
        }
        // What exists comes last: renaming it cannot be refused any more, and need not be taken back.
        for (const one of staged.filter(isNew)) await putNew(one.path, one.from, undo);
        for (const one of staged.filter((other) => !isNew(other))) await replace(one);
    } catch (error) {
        for (const step of undo.reverse()) await step().catch(() => undefined);
        throw refusal(error);
    } finally {
        for (const file of temporary) await rm(file, { force: true }).catch(() => undefined);
    }
}

function isNew({ before }: Target): boolean {
    return before === undefined;
}

/** Makes a folder and those above it, each of which is taken away again if it is still empty. */
async function makeFolder(folder: string, undo: Undo): Promise<void> {
    if (existsSync(folder)) return;
    await makeFolder(dirname(folder), undo);
    await mkdir(folder);
    undo.push(() => rmdir(folder));
}

/** A second name for the temporary file: unlike renaming, it fails where a file is. */
async function putNew(path: string, from: string, undo: Undo): Promise<void> {
    await link(from, path);
    undo.push(() => rm(path));
}

async function replace({ path, from, before }: Target & { readonly from: string }): Promise<void> {
    if ((await readFile(path, "utf8")) !== before) {
        throw new UserError(`${path} was changed meanwhile. Run the command again.`, 2);
    }
    await chmod(from, (await stat(path)).mode);
    await rename(from, path);
}

function refusal(error: unknown): UserError {
    if (error instanceof UserError) return error;
    const { message } = error as Error;
    return new UserError(`Nothing was written: ${message}.`, 2);
}
