import type { EngineEvent, PulumiFn, Stack } from "@pulumi/pulumi/automation/index.js";
import { Progress } from "./progress.ts";

/** What can be done to a stack. */
export type Action = "preview" | "up" | "refresh" | "destroy";

/** An operation of the engine and all it told. */
export interface Run {
    readonly progress: Progress;
    /** What the engine's command failed with. */
    readonly error?: unknown;
    /** Milliseconds. */
    readonly elapsed: number;
}

/** Options of a run. */
export interface RunOptions {
    readonly progress?: Progress;
    readonly policyPacks?: readonly string[];
    /** A file of levels and options for each pack, in the same order. */
    readonly policyPackConfigs?: readonly string[];
    /** Takes every event; by default they go into the progress. */
    readonly onEvent?: (event: EngineEvent) => void;
    readonly signal?: AbortSignal;
    /** Takes what the engine itself prints. */
    readonly onOutput?: (text: string) => void;
}

/**
 * How many operations may be under way at once. The engine's own default is four per processor, which on a small machine
 * makes a cluster wait for an endpoint it does not need: operations wait for clouds, they do not compute.
 */
const PARALLEL = 64;

/** Runs the engine once. A failure is part of the result, never thrown. */
export async function run(stack: Stack, action: Action, options: RunOptions = {}): Promise<Run> {
    const progress = options.progress ?? new Progress();
    const started = performance.now();
    const common = {
        parallel: PARALLEL,
        onEvent: options.onEvent ?? ((event: EngineEvent) => void progress.take(event)),
        ...(options.onOutput === undefined
            ? {}
            : { onOutput: options.onOutput, onError: options.onOutput }),
        ...(options.signal === undefined ? {} : { signal: options.signal }),
    };
    const packs = {
        policyPacks: [...(options.policyPacks ?? [])],
        policyPackConfigs: [...(options.policyPackConfigs ?? [])],
    };
    try {
        await perform(stack, action, common, packs);
        return { progress, elapsed: performance.now() - started };
    } catch (error) {
        return { progress, error, elapsed: performance.now() - started };
    }
}

async function perform(
    stack: Stack,
    action: Action,
    common: Pick<RunOptions, "onEvent" | "signal"> & { parallel: number },
    packs: { policyPacks: string[]; policyPackConfigs: string[] },
): Promise<void> {
    switch (action) {
        case "preview":
            await stack.preview({ ...common, ...packs });
            break;
        case "up":
            await stack.up({ ...common, ...packs });
            break;
        case "refresh":
            await stack.refresh(common);
            break;
        case "destroy":
            await stack.destroy(common);
            break;
    }
}

/** A program that keeps what it threw: the engine passes on only text. */
export function keepThrown(program: PulumiFn): { program: PulumiFn; thrown: () => unknown } {
    let thrown: unknown;
    return {
        thrown: () => thrown,
        program: async () => {
            thrown = undefined;
            try {
                return await program();
            } catch (error) {
                thrown = error;
                throw error;
            }
        },
    };
}
