import type { Example, StackExample } from "./example.ts";

export const rbacExamples: Record<string, readonly Example[]> = {};

export const rbacStackExamples: Record<string, readonly StackExample[]> = {};
