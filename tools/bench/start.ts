import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "yaml";
import { LOCAL, ROOT } from "../stack/layout.ts";
import type { Figure } from "./figure.ts";
import type { Cost } from "./process.ts";
import { measure, median } from "./process.ts";

const CHILD = join(import.meta.dirname, "start-child.ts");
/** How often each is started. A single start varies by a tenth. */
const ROUNDS = 9;

/**
 * How long the program takes until it can register its first resource, started as `pulumi up` starts it, against a
 * process that does nothing but import @pulumi/pulumi.
 */
export async function startFigures(): Promise<Figure[]> {
    await rm(join(LOCAL, "cache"), { recursive: true, force: true });
    const first = await child("prod");
    const bare: Cost[] = [];
    const full: Cost[] = [];
    // In turn, so that a machine that gets slower or faster does so for both.
    for (let round = 0; round < ROUNDS; round++) {
        bare.push(await child());
        full.push(await child("prod"));
    }
    // The best of all: whatever else the machine does only ever adds.
    const time = (costs: readonly Cost[]) => Math.min(...costs.map((cost) => cost.time));
    const memory = (costs: readonly Cost[]) => median(costs.map((cost) => cost.memory ?? NaN));
    const inSeconds = (milliseconds: number) => `${(milliseconds / 1000).toFixed(2)} s`;
    return [
        {
            name: "start of prod over @pulumi/pulumi alone, time",
            value: time(full) / time(bare),
            unit: "×",
            limit: 1.25,
            detail: `${inSeconds(time(full))} against ${inSeconds(time(bare))}; ${inSeconds(first.time)} with an empty compile cache`,
        },
        {
            name: "start of prod over @pulumi/pulumi alone, memory",
            value: memory(full) - memory(bare),
            unit: "MB",
            limit: 60,
            detail: `${memory(full).toFixed(0)} MB against ${memory(bare).toFixed(0)} MB`,
        },
    ];
}

/** Which SDKs a stack on AWS alone loads. */
export async function loadedFigures(): Promise<Figure[]> {
    const { output } = await child("dev");
    const loaded = JSON.parse(output.trim().split("\n").pop() ?? "{}") as Record<string, number>;
    const others = ["azure-native", "gcp"].reduce((sum, sdk) => sum + (loaded[sdk] ?? 0), 0);
    const used = ["aws", "kubernetes", "random"].map((sdk) => `${sdk} ${loaded[sdk] ?? 0}`);
    return [
        {
            name: "files of other clouds' SDKs that dev loads",
            // Nothing of its own cloud either means that nothing was seen.
            value: (loaded.aws ?? 0) > 0 ? others : NaN,
            unit: "files",
            limit: 0,
            detail: `loaded: ${used.join(", ")}`,
        },
    ];
}

/** Starts the program with a stack's configuration as Pulumi.yaml says, or @pulumi/pulumi alone in a bare Node. */
async function child(stack?: string): Promise<Cost> {
    const args =
        stack === undefined
            ? [CHILD]
            : [...(await nodeArguments()), CHILD, JSON.stringify(await configOf(stack))];
    const { NODE_COMPILE_CACHE: _cache, ...env } = process.env;
    const cost = await measure(process.execPath, args, env);
    if (cost.code !== 0) throw new Error(`The program did not start:\n${cost.output}`);
    return cost;
}

/** What the language host passes to Node. */
async function nodeArguments(): Promise<readonly string[]> {
    const text = await readFile(join(ROOT, "Pulumi.yaml"), "utf8");
    const { runtime } = parse(text) as { runtime: { options: { nodeargs: string } } };
    return runtime.options.nodeargs.split(" ");
}

/** A stack's configuration as the engine passes it on: every value as text. */
async function configOf(stack: string): Promise<Record<string, string>> {
    const text = await readFile(join(ROOT, `Pulumi.${stack}.yaml`), "utf8");
    const { config } = parse(text) as { config: Record<string, unknown> };
    return Object.fromEntries(
        Object.entries(config).map(([key, value]) => [
            key,
            typeof value === "string" ? value : JSON.stringify(value),
        ]),
    );
}
