import type { Mutation } from "./mutation.ts";

export const bucketsMutations: readonly Mutation[] = [
    {
        rule: "bucket-public-access-blocked",
        title: "StorageAccount has allowBlobPublicAccess wrong",
        do: [
            {
                type: "azure-native:storage:StorageAccount",
                set: {
                    allowBlobPublicAccess: true,
                },
            },
        ],
        at: "allowBlobPublicAccess",
    },
];
