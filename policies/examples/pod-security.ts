import type { Example, StackExample } from "./example.ts";

export const podSecurityExamples: Record<string, readonly Example[]> = {};

export const podSecurityStackExamples: Record<string, readonly StackExample[]> = {};
