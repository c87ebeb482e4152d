import type { Mutation } from "./mutation.ts";

export const governanceMutations: readonly Mutation[] = [];
