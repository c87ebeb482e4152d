import type { Example, StackExample } from "./example.ts";

export const namespacesExamples: Record<string, readonly Example[]> = {};

export const namespacesStackExamples: Record<string, readonly StackExample[]> = {};
