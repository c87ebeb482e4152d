import type { Mutation } from "./mutation.ts";

export const namespacesMutations: readonly Mutation[] = [];
