import type { Mutation } from "./mutation.ts";

export const secretsMutations: readonly Mutation[] = [];
