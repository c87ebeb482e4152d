import type { Mutation } from "./mutation.ts";

export const protectionMutations: readonly Mutation[] = [];
