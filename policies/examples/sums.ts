import type { Example, StackExample } from "./example.ts";

export const sumsExamples: Record<string, readonly Example[]> = {};

export const sumsStackExamples: Record<string, readonly StackExample[]> = {};
