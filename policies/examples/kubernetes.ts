import type { Example, StackExample } from "./example.ts";

export const kubernetesExamples: Record<string, readonly Example[]> = {};

export const kubernetesStackExamples: Record<string, readonly StackExample[]> = {};
