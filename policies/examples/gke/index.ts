import type { Example, StackExample } from "../example.ts";
import { controlPlaneExamples } from "./control-plane.ts";
import { networkExamples } from "./network.ts";
import { networkStackExamples } from "./network-stacks.ts";
import { nodeExamples } from "./nodes.ts";
import { upkeepExamples } from "./upkeep.ts";

export const gkeExamples: Record<string, readonly Example[]> = {
    ...controlPlaneExamples,
    ...networkExamples,
    ...nodeExamples,
    ...upkeepExamples,
};

export const gkeStackExamples: Record<string, readonly StackExample[]> = networkStackExamples;
