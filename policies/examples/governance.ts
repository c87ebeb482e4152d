import type { Example, StackExample } from "./example.ts";

export const governanceExamples: Record<string, readonly Example[]> = {};

export const governanceStackExamples: Record<string, readonly StackExample[]> = {};
