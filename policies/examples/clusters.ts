import type { Example, StackExample } from "./example.ts";

export const clusterExamples: Record<string, readonly Example[]> = {
    "az-aks-api-not-world-open": [
        {
            type: "azure-native:containerservice/v20250501:ManagedCluster",
            good: { apiServerAccessProfile: { enablePrivateCluster: true } },
            breaks: [
                {
                    title: "the cluster is public without ranges",
                    set: ["apiServerAccessProfile.enablePrivateCluster", false],
                    at: ["apiServerAccessProfile.authorizedIPRanges"],
                },
                {
                    title: "nothing is said at all",
                    set: ["apiServerAccessProfile", undefined],
                    at: ["apiServerAccessProfile.authorizedIPRanges"],
                },
            ],
            undecided: "apiServerAccessProfile.enablePrivateCluster",
        },
        {
            type: "azure-native_containerservice_v20250501:containerservice:ManagedCluster",
            good: { apiServerAccessProfile: { authorizedIPRanges: ["203.0.113.7", "0.0.0.0/32"] } },
            breaks: [
                {
                    title: "a range is the whole internet",
                    set: ["apiServerAccessProfile.authorizedIPRanges[1]", "0.0.0.0/0"],
                    at: ["apiServerAccessProfile.authorizedIPRanges"],
                },
                {
                    title: "the list of ranges is empty",
                    set: ["apiServerAccessProfile.authorizedIPRanges", []],
                    at: ["apiServerAccessProfile.authorizedIPRanges"],
                },
            ],
            undecided: "apiServerAccessProfile.authorizedIPRanges[0]",
        },
    ],
};

export const clusterStackExamples: Record<string, readonly StackExample[]> = {};
