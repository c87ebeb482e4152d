import type { Mutation } from "./mutation.ts";

export const workloadsMutations: readonly Mutation[] = [];
