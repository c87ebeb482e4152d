import type { Mutation } from "./mutation.ts";

export const registriesMutations: readonly Mutation[] = [
    {
        rule: "registry-no-public-or-anonymous",
        title: "Registry has anonymousPullEnabled wrong",
        do: [
            {
                type: "azure-native:containerregistry:Registry",
                set: {
                    anonymousPullEnabled: true,
                },
            },
        ],
        at: "anonymousPullEnabled",
    },
    {
        rule: "registry-no-public-or-anonymous",
        title: "RepositoryPolicy has policy wrong",
        do: [
            {
                type: "aws:ecr/repositoryPolicy:RepositoryPolicy",
                set: {
                    policy: '{"Statement":[{"Effect":"Allow","Principal":"*"}]}',
                },
            },
        ],
        at: "policy.Statement[0]",
    },
];
