import type { Mutation } from "./mutation.ts";

export const rbacMutations: readonly Mutation[] = [];
