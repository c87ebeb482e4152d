import type { Example, StackExample } from "./example.ts";

export const workloadsExamples: Record<string, readonly Example[]> = {};

export const workloadsStackExamples: Record<string, readonly StackExample[]> = {};
