import type { Mutation } from "./mutation.ts";

export const protectionMutations: readonly Mutation[] = [
    {
        rule: "xr-stateful-protected",
        title: "the database is no longer protected",
        do: [{ type: "aws:rds/instance:Instance", set: {} }],
        traits: { protect: false },
        at: "",
    },
];
