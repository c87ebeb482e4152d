import type { Example, StackExample } from "./example.ts";

export const releasesExamples: Record<string, readonly Example[]> = {};

export const releasesStackExamples: Record<string, readonly StackExample[]> = {};
