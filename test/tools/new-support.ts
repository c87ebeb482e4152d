import { cp, mkdir, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { newCommand, type Surroundings } from "../../tools/new/command.ts";
import { ROOT } from "../../tools/stack/layout.ts";
import { Paper } from "../support/paper.ts";

export const TODAY = "2026-11-21";

/** What the stack is planned by where the test is not about the plan. */
const nothing = () => ({});

/** A folder with a copy of the project's stack `dev`, and room beside it. */
export async function withProject<T>(use: (root: string) => Promise<T>): Promise<T> {
    const folder = await mkdtemp(join(tmpdir(), "new-"));
    try {
        const root = join(folder, "platform");
        await mkdir(root);
        for (const file of ["Pulumi.yaml", "Pulumi.dev.yaml"]) {
            await cp(join(ROOT, file), join(root, file));
        }
        return await use(root);
    } finally {
        await rm(folder, { recursive: true, force: true });
    }
}

export async function run(args: readonly string[], around: Surroundings) {
    const [output, errors] = [new Paper(), new Paper()];
    const code = await newCommand(args, output, {
        today: TODAY,
        program: nothing,
        errors,
        ...around,
    });
    return { code, text: output.text, errors: errors.text };
}

/** Every file below a folder, with what it says. */
export async function contents(folder: string): Promise<Readonly<Record<string, string>>> {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    const files = entries
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name))
        .sort();
    const texts = await Promise.all(files.map((file) => readFile(file, "utf8")));
    return Object.fromEntries(files.map((file, at) => [relative(folder, file), texts[at]!]));
}

export const IMAGE = "shop:1.4.2";
export const SHOP = ["application", "--name", "shop", "--kind", "web", "--image", IMAGE];

/** What comes below `applications` of the stack's file after podinfo. */
export async function written(root: string): Promise<string> {
    const text = await readFile(join(root, "Pulumi.dev.yaml"), "utf8");
    return text.slice(
        text.indexOf("            database: main\n") + "            database: main\n".length,
    );
}
