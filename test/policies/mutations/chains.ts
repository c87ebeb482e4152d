import type { Mutation } from "./mutation.ts";

export const chainsMutations: readonly Mutation[] = [];
