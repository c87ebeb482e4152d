import type { StackOutputs } from "../../index.ts";
import type { Recorded } from "../../tools/offline/mocks.ts";
import { runStack } from "../../tools/offline/stack.ts";
import { once } from "./once.ts";

const runs = once((stack: string, preview: boolean) => runStack(stack, { preview }));

/** The run of one of the repository's stack files, made once for all tests of a process: they only look at it. */
export function wholeStack(
    stack: string,
    { preview = false }: { readonly preview?: boolean } = {},
): Promise<Recorded<StackOutputs>> {
    return runs(stack, preview);
}
