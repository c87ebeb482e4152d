import type { Example, StackExample } from "./example.ts";

export const eksExamples: Record<string, readonly Example[]> = {};

export const eksStackExamples: Record<string, readonly StackExample[]> = {};
