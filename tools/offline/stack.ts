import { readFile } from "node:fs/promises";
import { parse } from "yaml";
import platform, { type StackOutputs } from "../../index.ts";
import { run, type Recorded } from "./mocks.ts";

/** The configuration in one of the repository's stack files. */
export async function stackConfig(stack: string): Promise<Record<string, unknown>> {
    const file = new URL(`../../Pulumi.${stack}.yaml`, import.meta.url);
    const { config } = parse(await readFile(file, "utf8")) as { config: Record<string, unknown> };
    return config;
}

/** Runs index.ts, untouched, with the configuration of a stack file or a changed one. */
export async function runStack(
    stack: string,
    options: { readonly preview?: boolean; readonly config?: Record<string, unknown> } = {},
): Promise<Recorded<StackOutputs>> {
    const config = options.config ?? (await stackConfig(stack));
    return run(platform, { preview: options.preview ?? false, project: "platform", stack, config });
}
