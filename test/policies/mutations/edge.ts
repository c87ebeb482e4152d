import type { Mutation } from "./mutation.ts";

export const edgeMutations: readonly Mutation[] = [];
