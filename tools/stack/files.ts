import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readFile, readdir, writeFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { notThere } from "../lib/not-there.ts";
import { UserError } from "../lib/user-error.ts";
import type { Layout } from "./layout.ts";
import { ROOT } from "./layout.ts";

/** A stack's file and the name that the engine gives the stack. */
export interface StackFile {
    readonly stack: string;
    readonly file: string;
}

const STACK_FILE = /^Pulumi\.([A-Za-z0-9_.-]+)\.yaml$/;

/**
 * Finds a stack by what the user calls it: `dev` (Pulumi.dev.yaml), the path of a stack file, or a folder that holds
 * exactly one, such as `examples/startup`.
 */
export async function findStack(name: string, root = ROOT): Promise<StackFile> {
    const here = join(root, `Pulumi.${name}.yaml`);
    if (!name.includes("/") && existsSync(here)) return { stack: name, file: here };
    const path = resolve(root, name);
    const stack = STACK_FILE.exec(basename(path))?.[1];
    if (stack !== undefined && existsSync(path)) return { stack, file: path };
    const inside = await stacksIn(path);
    if (inside.length === 1) return inside[0]!;
    const known = [
        ...(await stacksIn(root)).map((found) => found.stack),
        ...(await examples(root)),
    ];
    if (known.length > 0) throw notThere("stack", name, known);
    throw new UserError(`There is no stack "${name}". There is no Pulumi.<stack>.yaml.`, 2);
}

/** The stack files directly in a folder, by name. */
export async function stacksIn(folder: string): Promise<StackFile[]> {
    const names = await readdir(folder).catch(() => []);
    return names.sort().flatMap((name) => {
        const stack = STACK_FILE.exec(name)?.[1];
        return stack === undefined ? [] : [{ stack, file: join(folder, name) }];
    });
}

async function examples(root: string): Promise<string[]> {
    const folder = join(root, "examples");
    const names = await readdir(folder).catch(() => []);
    const found = await Promise.all(
        names
            .sort()
            .map(async (name) =>
                STACK_FILE.test(name) || (await stacksIn(join(folder, name))).length === 1
                    ? [`examples/${name}`]
                    : [],
            ),
    );
    return found.flat();
}

/**
 * Copies the project's and the stack's file to where the engine may write: it adds its encryption salt to the stack's
 * file, and the work tree has to stay clean. A salt from an earlier run is kept, as the state is encrypted with it.
 */
export async function copyFiles({ stack, file }: StackFile, layout: Layout): Promise<void> {
    await mkdir(layout.project, { recursive: true });
    const target = join(layout.project, `Pulumi.${stack}.yaml`);
    const salt = /^encryptionsalt:.*$/m.exec(await readFile(target, "utf8").catch(() => ""))?.[0];
    const text = await readFile(file, "utf8");
    if (
        /^\s*secure:|: *\{ *secure:/m.test(text) &&
        process.env.PULUMI_CONFIG_PASSPHRASE === undefined
    ) {
        throw new UserError(
            `${basename(file)} holds encrypted values. Set PULUMI_CONFIG_PASSPHRASE to the stack's passphrase, so that ` +
                "a local run can read them.",
            2,
        );
    }
    const keep = salt !== undefined && !/^encryptionsalt:/m.test(text);
    await writeFile(target, keep ? `${text.trimEnd()}\n${salt}\n` : text);
    const project = await readFile(projectFileOf(file), "utf8");
    // The engine insists that the program is there, seen from the copy, although it does not start it.
    const main = `main: ${JSON.stringify(join(ROOT, "index.ts"))}`;
    await writeFile(join(layout.project, "Pulumi.yaml"), project.replace(/^main:.*$/m, main));
}

/** The Pulumi.yaml that a stack's file belongs to: beside it, or the project's. */
function projectFileOf(file: string): string {
    const beside = join(dirname(file), "Pulumi.yaml");
    return existsSync(beside) ? beside : join(ROOT, "Pulumi.yaml");
}

/** The passphrase of the local state: the user's, or one made up at the first run. */
export async function passphrase(layout: Layout): Promise<string> {
    const given = process.env.PULUMI_CONFIG_PASSPHRASE;
    if (given !== undefined && given !== "") return given;
    const known = await readFile(layout.passphrase, "utf8").catch(() => "");
    if (known !== "") return known.trim();
    const made = randomBytes(24).toString("base64url");
    await writeFile(layout.passphrase, `${made}\n`, { mode: 0o600 });
    return made;
}
