import type { Example, StackExample } from "./example.ts";

export const servicesExamples: Record<string, readonly Example[]> = {};

export const servicesStackExamples: Record<string, readonly StackExample[]> = {};
