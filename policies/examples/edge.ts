import type { Example, StackExample } from "./example.ts";

export const edgeExamples: Record<string, readonly Example[]> = {};

export const edgeStackExamples: Record<string, readonly StackExample[]> = {};
