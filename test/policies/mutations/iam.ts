import type { Mutation } from "./mutation.ts";

export const iamMutations: readonly Mutation[] = [
    {
        rule: "iam-no-star-admin",
        title: "RolePolicy has policy wrong",
        do: [
            {
                type: "aws:iam/rolePolicy:RolePolicy",
                set: {
                    policy: '{"Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}',
                },
            },
        ],
        at: "policy.Statement[0]",
    },
    {
        rule: "iam-no-wildcard-trust",
        title: "Role has assumeRolePolicy wrong",
        do: [
            {
                type: "aws:iam/role:Role",
                set: {
                    assumeRolePolicy: '{"Statement":[{"Effect":"Allow","Principal":"*"}]}',
                },
            },
        ],
        at: "assumeRolePolicy.Statement[0]",
    },
];
