import type { Example, StackExample } from "./example.ts";

export const gkeExamples: Record<string, readonly Example[]> = {};

export const gkeStackExamples: Record<string, readonly StackExample[]> = {};
