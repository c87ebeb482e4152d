import type { Example, StackExample } from "../example.ts";

export const logsExamples: Record<string, readonly Example[]> = {};

export const logsStackExamples: Record<string, readonly StackExample[]> = {};
