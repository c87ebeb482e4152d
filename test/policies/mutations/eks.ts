import type { Mutation } from "./mutation.ts";

export const eksMutations: readonly Mutation[] = [
    {
        rule: "aws-eks-endpoint-not-world-open",
        title: "Cluster has endpointPublicAccess, publicAccessCidrs wrong",
        do: [
            {
                type: "aws:eks/cluster:Cluster",
                set: {
                    "vpcConfig.endpointPublicAccess": true,
                    "vpcConfig.publicAccessCidrs": ["0.0.0.0/0"],
                },
            },
        ],
        at: "vpcConfig.publicAccessCidrs",
    },
];
