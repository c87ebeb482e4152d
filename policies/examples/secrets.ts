import type { Example, StackExample } from "./example.ts";

export const secretsExamples: Record<string, readonly Example[]> = {};

export const secretsStackExamples: Record<string, readonly StackExample[]> = {};
