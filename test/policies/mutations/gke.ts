import type { Mutation } from "./mutation.ts";

export const gkeMutations: readonly Mutation[] = [
    {
        rule: "gcp-gke-control-plane-not-public",
        title: "Cluster has enablePrivateEndpoint, cidrBlocks wrong",
        do: [
            {
                type: "gcp:container/cluster:Cluster",
                set: {
                    "privateClusterConfig.enablePrivateEndpoint": false,
                    "masterAuthorizedNetworksConfig.cidrBlocks": [
                        {
                            cidrBlock: "0.0.0.0/0",
                        },
                    ],
                },
            },
        ],
        at: "masterAuthorizedNetworksConfig",
    },
];
