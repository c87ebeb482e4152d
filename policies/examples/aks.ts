import type { Example, StackExample } from "./example.ts";

export const aksExamples: Record<string, readonly Example[]> = {};

export const aksStackExamples: Record<string, readonly StackExample[]> = {};
