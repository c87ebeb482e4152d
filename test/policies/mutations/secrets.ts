import type { Mutation } from "./mutation.ts";

export const secretsMutations: readonly Mutation[] = [
    {
        rule: "secret-not-plaintext",
        title: "a workload's variable holds a password",
        do: [
            {
                type: "kubernetes:apps/v1:Deployment",
                set: {
                    "spec.template.spec.containers[0].env": [
                        { name: "DB_PASSWORD", value: "hunter2" },
                    ],
                },
            },
        ],
        at: "spec.template.spec.containers[0].env[0].value",
        // A pod shows its variables to whoever may look at it, which is wrong even of a Pulumi secret.
        also: ["k8s-no-secret-env"],
    },
];
