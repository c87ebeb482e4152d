import type { Mutation } from "./mutation.ts";

export const aksMutations: readonly Mutation[] = [
    {
        rule: "az-aks-api-not-world-open",
        title: "ManagedCluster has apiServerAccessProfile wrong",
        do: [
            {
                type: "azure-native:containerservice:ManagedCluster",
                set: {
                    apiServerAccessProfile: {
                        enablePrivateCluster: false,
                    },
                },
            },
        ],
        at: "apiServerAccessProfile.authorizedIPRanges",
    },
];
