import type { Mutation } from "./mutation.ts";

export const governanceMutations: readonly Mutation[] = [
    {
        rule: "tags-required",
        title: "a network on Azure does not say whose it is",
        do: [
            {
                type: "azure-native:network:VirtualNetwork",
                set: { "tags.Owner": undefined },
            },
        ],
        at: "tags",
    },
    {
        rule: "tags-required",
        title: "the provider of AWS gives its resources no cost centre",
        do: [
            {
                type: "pulumi:providers:aws",
                set: { defaultTags: '{"tags":{"Owner":"platform-team"}}' },
            },
        ],
        at: "tags",
    },
    {
        rule: "data-residency",
        title: "the images on Azure lie in the United States",
        options: {
            "data-residency": { regions: ["eu-central-1", "West Europe", "europe-west3", "EU"] },
        },
        do: [
            {
                type: "azure-native:containerregistry:Registry",
                set: { location: "eastus" },
            },
        ],
        at: "location",
    },
];
