import type { Mutation } from "./mutation.ts";

export const servicesMutations: readonly Mutation[] = [];
