import type { Mutation } from "./mutation.ts";

export const podSecurityMutations: readonly Mutation[] = [];
