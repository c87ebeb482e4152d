import type { Mutation } from "./mutation.ts";

export const sumsMutations: readonly Mutation[] = [];
