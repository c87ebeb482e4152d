import type { Mutation } from "./mutation.ts";

export const releasesMutations: readonly Mutation[] = [
    {
        rule: "k8s-helm-release-pinned-and-flagged",
        title: "the secrets operator is whatever version is newest",
        do: [
            {
                type: "kubernetes:helm.sh/v3:Release",
                name: "myapp-prod-gcp-external-secrets",
                set: { version: undefined },
            },
        ],
        at: "version",
    },
    {
        rule: "k8s-no-legacy-components",
        title: "a budget is of an API version that Kubernetes has removed",
        do: [],
        add: [
            {
                type: "kubernetes:policy/v1beta1:PodDisruptionBudget",
                name: "old",
                inputs: { metadata: { name: "old" }, spec: { maxUnavailable: 1 } },
            },
        ],
        at: "apiVersion",
    },
];
