import { readFile, readdir } from "node:fs/promises";
import { parse } from "yaml";
import type { StackOutputs } from "../../index.ts";
import type { Recorded } from "../../tools/offline/mocks.ts";
import { runStack } from "../../tools/offline/stack.ts";
import { once } from "../support/once.ts";

const FOLDER = new URL("../../examples/", import.meta.url);

/** The examples by name, each a folder with one stack of the same name. */
export const EXAMPLES = ["django", "django-prod", "pipeline", "rollout", "shop"] as const;

export type Example = (typeof EXAMPLES)[number];

/** What stands in a folder below examples/, or in examples/ itself. */
export async function listed(folder = ""): Promise<string[]> {
    return (await readdir(new URL(folder, FOLDER))).sort();
}

/** A file of an example. */
export function textOf(example: Example, file: string): Promise<string> {
    return readFile(new URL(`${example}/${file}`, FOLDER), "utf8");
}

const runs = once(async (example: Example, preview: boolean) => {
    const text = await textOf(example, `Pulumi.${example}.yaml`);
    const { config } = parse(text) as { config: Record<string, unknown> };
    return runStack(example, { preview, config });
});

/** The run of index.ts, untouched, with the configuration of an example. It is made once for all tests of a process. */
export function runExample(
    example: Example,
    { preview = false }: { readonly preview?: boolean } = {},
): Promise<Recorded<StackOutputs>> {
    return runs(example, preview);
}

/** The table of a README that answers requirements: each line's id and, if it has three columns, the verdict. */
export function answers(readme: string): { readonly id: string; readonly verdict: string }[] {
    return [...readme.matchAll(/^\| ([DPEG]\d+(?:\.\d+)?) +\| (?:(\w+) +\| )?[^|]+\|$/gm)].map(
        ([, id = "", verdict = ""]) => ({ id, verdict }),
    );
}
