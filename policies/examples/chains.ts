import type { Example, StackExample } from "./example.ts";

export const chainsExamples: Record<string, readonly Example[]> = {};

export const chainsStackExamples: Record<string, readonly StackExample[]> = {};
