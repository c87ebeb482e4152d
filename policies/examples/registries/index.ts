import type { Example, StackExample } from "../example.ts";
import { accessExamples } from "./access.ts";
import { imageExamples } from "./images.ts";
import { lifecycleExamples, lifecycleStackExamples } from "./lifecycle.ts";
import { pullOnlyStackExamples } from "./pull-only.ts";
import { scanningExamples, scanningStackExamples } from "./scanning.ts";

export const registryExamples: Record<string, readonly Example[]> = {
    ...accessExamples,
    ...imageExamples,
    ...scanningExamples,
    ...lifecycleExamples,
};

export const registryStackExamples: Record<string, readonly StackExample[]> = {
    ...scanningStackExamples,
    ...lifecycleStackExamples,
    ...pullOnlyStackExamples,
};
