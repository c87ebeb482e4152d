import type { Mutation } from "./mutation.ts";

export const logsMutations: readonly Mutation[] = [];
