import type { Mutation } from "./mutation.ts";

export const keysMutations: readonly Mutation[] = [
    {
        rule: "kms-no-public-principal",
        title: "Key has policy wrong",
        do: [
            {
                type: "aws:kms/key:Key",
                set: {
                    policy: '{"Statement":[{"Effect":"Allow","Principal":"*"}]}',
                },
            },
        ],
        at: "policy.Statement[0]",
    },
    {
        rule: "secret-not-plaintext",
        title: "Deployment has env wrong",
        do: [
            {
                type: "kubernetes:apps/v1:Deployment",
                set: {
                    "spec.template.spec.containers[0].env": [
                        {
                            name: "DB_PASSWORD",
                            value: "hunter2",
                        },
                    ],
                },
            },
        ],
        at: "spec.template.spec.containers[0].env[0].value",
    },
];
