import type { Example, StackExample } from "./example.ts";

export const protectionExamples: Record<string, readonly Example[]> = {};

export const protectionStackExamples: Record<string, readonly StackExample[]> = {};
