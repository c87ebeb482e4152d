import type { Mutation } from "./mutation.ts";

export const podsMutations: readonly Mutation[] = [
    {
        rule: "k8s-no-privileged",
        title: "Deployment has privileged wrong",
        do: [
            {
                type: "kubernetes:apps/v1:Deployment",
                set: {
                    "spec.template.spec.containers[0].securityContext.privileged": true,
                },
            },
        ],
        at: "spec.template.spec.containers[0].securityContext.privileged",
    },
];
