import type { Mutation } from "./mutation.ts";

export const releasesMutations: readonly Mutation[] = [];
